from odoo.tests import tagged

from odoo.addons.sercom_billing.tests.common import HOUR, BillingCommon

from .quebec import QuebecCommon
from .test_tours import TourCase


@tagged("post_install", "-at_install")
class TestAccountantDay(TourCase, QuebecCommon, BillingCommon):
    """The accountant bills what is ready, at a desk, in both languages."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_english("accountant")
        cls.env["res.lang"]._activate_lang("fr_CA")
        ours = cls.env["ir.module.module"].search(
            [("name", "=like", "sercom%"), ("state", "=", "installed")]
        )
        ours._update_translations(["fr_CA"])
        cls.jobs = cls.env["fsm.order"]
        for name in ("Clara Day", "Denis Day"):
            client = cls.env["res.partner"].create(
                {"name": name, "email": f"{name.split()[0].lower()}@example.com"}
            )
            job = cls._create_hourly_job(
                location_id=cls._create_site(name=f"Site of {name}", owner_id=client.id).id
            )
            job.sale_line_ids.product_id.write({"name": "Day plumbing", "taxes_id": cls.tax.ids})
            job.sale_line_ids.tax_ids = cls.tax
            cls._assign(job, start=cls.start + len(cls.jobs) * 4 * HOUR)
            cls._work(job, 2, start=cls.start + len(cls.jobs) * 4 * HOUR)
            cls._complete(job)
            cls.jobs |= job

    def test_from_ready_to_bill_to_the_ledger_in_english(self):
        self._spend_the_day("en")

    def test_from_ready_to_bill_to_the_ledger_in_french(self):
        self.users["accountant"].lang = "fr_CA"
        self._spend_the_day("fr")

    def _spend_the_day(self, lang):
        self.assertTrue(all(self.jobs.mapped("is_ready_to_bill")))
        self.start_tour(
            "/odoo", f"sercom_accountant_day_{lang}", login="role_accountant", timeout=180
        )
        self.env.invalidate_all()
        first, second = (job.invoice_ids for job in self.jobs)
        self.assert_taxes(first, 240.0, 12.0, 23.94)
        self.assertRecordValues(
            first + second,
            [
                {"state": "posted", "payment_state": "paid", "is_move_sent": True},
                {"state": "draft", "payment_state": "not_paid", "is_move_sent": False},
            ],
        )
        self.assertFalse(any(self.jobs.mapped("is_ready_to_bill")))
        for job in self.jobs:
            self.assertEqual(job.billed_hours, 2.0)
            self._assert_ledger(job)
