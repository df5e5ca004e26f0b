from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import DAY, HOUR, BillingCommon


@tagged("post_install", "-at_install")
class TestAudit(BillingCommon):
    """Each hour and price of a job with its fate and document, as known on a date."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anne.hourly_cost = 40.0
        cls.hourly = cls._create_hourly_job(hours=3.0)
        cls._work(cls.hourly, 4)
        cls.line = cls.hourly.sale_line_ids

    def _audit(self, moment=None, user=None):
        action = self.hourly.with_user(user or self.user_biller).action_audit()
        Wizard = self.env["sercom.billing.audit"].with_context(**action["context"])
        with Form(Wizard.with_user(user or self.user_biller)) as form:
            if moment:
                form.moment = moment
        return form.save()

    def _render(self, wizard):
        report = self.env["ir.actions.report"].with_user(wizard.env.user)
        html, _kind = report._render_qweb_html("sercom_billing.report_audit", wizard.ids)
        return html.decode()

    def test_the_page_says_what_became_of_each_hour(self):
        move = self._bill(self.hourly, post=True)
        self._credit(move, quantity=1.0)
        wizard = self._audit()
        self.assertEqual(wizard.action_show()["report_type"], "qweb-html")
        self.assertEqual(wizard.action_print()["report_type"], "qweb-pdf")
        self.assertEqual(wizard.action_show()["name"], "Billing Audit")  # the page's title
        audit = wizard._get_audit()
        (row,) = audit["hours"]
        self.assertEqual((row["billed"], row["waived"], row["left"]), (3.0, 0.0, 1.0))
        self.assertIn(move.name, row["documents"])
        self.assertEqual(audit["entries"].mapped("fate"), ["billed", "credited"])
        self.assertFalse(audit["since"])
        self.assertEqual([row["own"] for row in audit["moves"]], [480.0, -120.0])
        page = self._render(wizard)
        for told in (self.hourly.name, move.name, self.line.name, "04:00", "Credited"):
            self.assertIn(told, page)

    def test_as_known_on_a_date(self):
        before = fields.Datetime.now()
        with freeze_time(before + DAY):
            move = self._bill(self.hourly, post=True)
        with freeze_time(before + 3 * DAY):
            self._credit(move, quantity=1.0)
        for moment, billed, since in (
            (before + HOUR, 0.0, ["billed", "credited"]),
            (before + 2 * DAY, 4.0, ["credited"]),
            (before + 4 * DAY, 3.0, []),
        ):
            with self.subTest(moment=moment):
                audit = self._audit(moment)._get_audit()
                (row,) = audit["lines"]
                self.assertEqual(row["billed"], billed)
                self.assertEqual(audit["since"].mapped("fate"), since)

    def test_margins_are_told_apart(self):
        move = self._bill(self.hourly, post=True)
        self._credit(move, quantity=2.0)
        cost = 4 * 40.0
        totals = self._audit()._get_audit()["totals"]
        self.assertEqual(totals["cost"], cost)
        self.assertEqual(totals["sold"], (360.0, 360.0 - cost))
        self.assertEqual(totals["invoiced"], (240.0, 240.0 - cost))
        self.assertEqual(totals["completion"], (480.0, 480.0 - cost))

    def test_who_audits(self):
        for user in (self.user_dispatcher, self.user_technician, self.user_internal):
            with self.assertRaises(AccessError):
                self._audit(user=user)
        own = self._audit()
        with self.assertRaises(AccessError):
            own.with_user(self.user_accountant)._get_audit()
        self.assertIn(self.hourly.name, self._render(own))
