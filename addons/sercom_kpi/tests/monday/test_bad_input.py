from datetime import datetime

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..common import DAY, KpiCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-09 15:00")
class TestBadInput(KpiCommon):
    """The pages of the manager open on what is missing, gone or odd, and say the right figure."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user(
            "kpi_manager", "fieldservice.group_fsm_manager,account.group_account_invoice"
        )

    def _get_rows(self, key, **context):
        Monday = self.env["sercom.kpi.monday"].with_user(self.manager).with_context(**context)
        sections = {own["key"]: own for own in Monday.get_page()["sections"]}
        return {row["label"]: row for row in sections.get(key, {"rows": []})["rows"]}

    def _read_completion(self, job):
        job = job.with_user(self.manager)
        job.invalidate_recordset()
        return job.completion_margin_low, job.completion_margin_high

    def test_no_hours_and_no_capacity(self):
        week = self._get_rows("week")
        self.assertEqual(week["Worked"]["value"], 0)
        self.assertEqual(week["Utilisation"]["value"], 0.0)
        self.assertIsNone(week["Realisation"]["value"])
        self.env["fsm.person"].search([]).active = False
        self.calendar.attendance_ids.unlink()
        week = self._get_rows("week")
        self.assertIsNone(week["Utilisation"]["value"])
        self.assertFalse(self._get_rows("people"))

    def test_zero_sold_and_a_job_without_order(self):
        job = self._create_hourly_job(hours=0.0)
        self._work(job, 2)
        low, high = self._read_completion(job)
        self.assertEqual((low, high), (-80.0, -80.0))
        bare = self._create_job()
        bare.sale_id.sudo().with_context(disable_cancel_warning=True)._action_cancel()
        self.assertEqual(self._read_completion(bare), (0.0, 0.0))

    def test_a_currency_without_a_rate_on_the_day(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", euro.id)]).unlink()
        self.client_partner.property_product_pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        job = self._create_hourly_job(hours=10.0)
        self.assertEqual(job.sale_id.currency_id, euro)
        self.env.flush_all()
        low, _high = self._read_completion(job)
        self.assertTrue(low)
        # One euro counts as one dollar where nobody gave a rate, as Odoo's own documents do.
        self.assertAlmostEqual(low, 1200.0 - 10 * self.company._get_worker_costs()[self.company])

    def test_a_person_who_left_and_a_product_that_is_archived(self):
        job = self._create_hourly_job()
        self._work(job, 3)
        move = self._bill(job)
        move.invoice_date = "2026-11-05"
        move.action_post()
        self.employee._get_fsm_persons()[self.employee].active = False
        self.employee.active = False
        job.sale_line_ids.product_id.active = False
        self.assertIn(self.employee.name, self._get_rows("people"))
        service = job.sale_line_ids.product_id.display_name
        self.assertEqual(self._get_rows("services")[service]["value"], 360.0 - 120.0)
        closing = self.env["sercom.kpi.closing"].with_user(self.manager)
        closing = closing.create({"date": "2026-11-30"})
        self.assertEqual(list(closing._read_figures()["worked_hours"].values()), [3.0])

    def test_an_employee_in_two_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.manager.company_ids = [Command.link(other.id)]
        user = self._create_user("kpi_twice", "base.group_user")
        user.company_ids = [Command.link(other.id)]
        self.anne.user_id = user
        twin = self.env["hr.employee"].create(
            {"name": "Anne Roy", "user_id": user.id, "company_id": other.id, "hourly_cost": 90.0}
        )
        twin._get_fsm_persons()
        self._work(self._create_hourly_job(), 4, employee=self.anne)
        one = self._get_rows("week", allowed_company_ids=self.company.ids)
        both = self._get_rows("week", allowed_company_ids=(self.company | other).ids)
        self.assertEqual(one["Worked"]["value"], 4.0)
        self.assertEqual(both["Worked"]["value"], 4.0)
        alone = self._get_rows("week", allowed_company_ids=other.ids)
        self.assertEqual(alone["Worked"]["value"], 0)

    def test_a_month_without_data_and_one_still_open(self):
        entry = self.env["hr.attendance"].create(
            {"employee_id": self.anne.id, "check_in": self.start + 6 * DAY}
        )
        self.assertFalse(entry.check_out)
        Closing = self.env["sercom.kpi.closing"].with_user(self.manager)
        now, empty = Closing.create([{"date": "2026-11-09"}, {"date": "2019-02-28"}])
        items = {item.key: item for item in now.item_ids}
        self.assertTrue(items["clocked_in"].record_count)
        empty.action_close()
        self.assertFalse(any(empty.line_ids.mapped("total")))
        self.assertFalse(empty.is_different)
        self.assertEqual(empty.closed_on, datetime(2026, 11, 9, 15))
