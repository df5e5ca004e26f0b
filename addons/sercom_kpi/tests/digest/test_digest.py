from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import KpiCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-09 15:00")
class TestDigest(KpiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("kpi_manager", "fieldservice.group_fsm_manager")
        cls.digest = cls.env.ref("sercom_kpi.digest_digest_week")
        job = cls._create_hourly_job()
        cls._work(job, 4)

    def _get_figures(self, user):
        kpis = self.digest._compute_kpis(self.company, user)
        return {kpi["kpi_name"]: kpi["kpi_col2"].get("value") for kpi in kpis}

    def test_five_figures_of_the_week(self):
        figures = self._get_figures(self.manager)
        self.assertEqual(figures["kpi_sercom_worked"], "4.00")
        self.assertEqual(figures["kpi_sercom_utilisation"], "5.00")
        self.assertEqual(figures["kpi_sercom_done"], 0)
        self.assertIn("-160", figures["kpi_sercom_margin"])
        self.assertEqual(len(figures), 5)

    def test_who_reads_no_costs_gets_none(self):
        for user in (self.user_dispatcher, self.user_technician):
            self.assertFalse(self._get_figures(user))
            digest = self.digest.with_user(user).with_context(
                start_datetime=datetime(2026, 11, 2), end_datetime=datetime(2026, 11, 9)
            )
            self.assertFalse(digest.fields_get(["kpi_sercom_margin_value"]))
            with self.assertRaises(AccessError):
                digest.read(["kpi_sercom_margin_value"])

    def test_outside_of_an_e_mail_there_is_no_period(self):
        self.assertEqual(self.digest.kpi_sercom_worked_value, 0.0)
        self.assertEqual(self.digest.kpi_sercom_margin_value, 0.0)

    def test_the_e_mail(self):
        self.digest.user_ids = self.manager
        known = self.env["mail.mail"].search([])
        self.digest.action_send()
        mail = self.env["mail.mail"].search([]) - known
        self.assertIn("Field Service Margin", mail.body_html)
        self.assertIn("sercom_kpi_monday_action", mail.body_html)
