from odoo.tests import freeze_time, tagged

from odoo.addons.sercom_requests.tests.common import PIXEL

from .common import SercomPartsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 16:00:00")
class TestCompletionReportParts(SercomPartsCommon):
    """Parts used on site, on the completion report that the client gets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_job(
            person_id=cls.worker.id,
            scheduled_date_start=cls.start,
            description="<p>Water heater leaks</p>",
        )
        cls.own = cls.job.with_user(cls.user_technician)

    def _html(self):
        Report = self.env["ir.actions.report"].with_user(self.user_technician)
        return Report._render_qweb_html("sercom_jobs.report_completion", self.job.ids)[0].decode()

    def test_what_the_client_reads(self):
        truck = self._give_truck()
        serial = self._create_part(name="Heater X", tracking="serial", standard_price=777.77)
        lot = self.env["stock.lot"].create({"name": "SN-77", "product_id": serial.id})
        self.env["stock.quant"]._update_available_quantity(serial, truck, 1, lot_id=lot)
        self.own.action_use_part(serial.id, 1, "SN-77")
        self.job.todo = "<p>Alarm code 1234</p>"
        self.own.action_add_photos([{"name": "Valve", "data": PIXEL}], "after")
        self.own.action_complete_on_site(
            {
                "found_note": "Rusted valve",
                "work_note": "Replaced it",
                "advice_note": "Descale",
                "signature": PIXEL,
                "signed_by": "Marie T.",
            }
        )
        html = self._html()
        for words in (
            "Completion Report",
            "Duplex Saint-Denis",
            "Rusted valve",
            "Replaced it",
            "Descale",
            "Heater X",
            "SN-77",
            "After",
            "Valve",
            "Marie T.",
            "Water heater leaks",
        ):
            self.assertIn(words, html)
        for words in ("777.7", "Alarm code", "Prices", "40.0"):
            self.assertNotIn(words, html)
        self.company.is_job_report_priced = True
        html = self._html()
        self.assertIn("40.00", html)
        self.assertNotIn("777.7", html)

    def test_a_part_billed_as_used_is_priced_as_used(self):
        self.part.invoice_policy = "delivery"
        self.company.is_job_report_priced = True
        truck = self._give_truck()
        self._put(9, truck)
        line = self._add_part(self.job, 5, price_unit=17.0, discount=10.0)
        unused = self._create_part(name="Spare", invoice_policy="delivery")
        fixed = self._create_part(name="Sold", invoice_policy="order")
        spare, sold = self._add_part(self.job, 2, unused), self._add_part(self.job, 4, fixed)
        self.own.action_use_part(self.part.id, 3)
        self.assertEqual((line.product_uom_qty, line.qty_delivered), (5, 3))
        self.assertEqual((spare.qty_delivered, sold.product_uom_qty), (0, 4))
        rows = {row["line"]: row for row in self.own._get_report_lines()}
        self.assertNotIn(spare, rows)
        self.assertEqual((rows[line]["quantity"], rows[line]["amount"]), (3, 45.9))
        self.assertEqual((rows[sold]["quantity"], rows[sold]["amount"]), (4, 160.0))
        self.job.action_complete()
        html = self._html()
        self.assertIn("45.90", html)
        self.assertNotIn("76.50", html)
