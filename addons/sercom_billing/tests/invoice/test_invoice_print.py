from odoo.tests import tagged

from ..common import DAY, BillingCommon


@tagged("post_install", "-at_install")
class TestInvoicePrint(BillingCommon):
    """An invoice says where which work was done, by whom and at which rate where the firm asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hourly = cls._create_hourly_job(hours=3.0, description="Leaking water heater")
        cls._work(cls.hourly, 2)
        cls._work(cls.hourly, 1, cls.start - DAY, cls.anne)

    def _print(self, move):
        report = self.env["ir.actions.report"]
        html, _kind = report._render_qweb_html("account.report_invoice", move.ids)
        return html.decode()

    def test_site_and_work(self):
        page = self._print(self._bill(self.hourly, post=True))
        for told in (self.site.name, self.site.street, self.hourly.name, "Leaking water heater"):
            self.assertIn(told, page)
        self.assertNotIn('name="billed_hours"', page)

    def test_hours_where_the_firm_asks(self):
        self.company.is_invoice_hours_printed = True
        move = self._bill(self.hourly, post=True)
        rows = move._get_billed_hours()
        self.assertEqual(
            [(row["hours"].employee_id, row["quantity"], row["price"]) for row in rows],
            [(self.anne, 1.0, 120.0), (self.employee, 2.0, 120.0)],
        )
        page = self._print(move)
        self.assertIn('name="billed_hours"', page)
        self.assertIn(self.anne.name, page)
        credit = self._credit(move, quantity=1.0)
        self.assertEqual([row["quantity"] for row in credit._get_billed_hours()], [1.0])

    def test_reports_are_sent_along_where_the_firm_asks(self):
        self._complete(self.hourly)
        report = self.hourly.job_report_id
        file = self.env["ir.attachment"].create(
            {
                "name": "Report.pdf",
                "raw": b"%PDF-1.4",
                "res_model": "fsm.order",
                "res_id": self.hourly.id,
            }
        )
        report.sudo().write({"attachment_id": file.id, "state": "current"})
        move = self._bill(self.hourly, post=True)

        def get_files():
            wizard = (
                self.env["account.move.send.wizard"]
                .with_user(self.user_biller)
                .with_context(active_model="account.move", active_ids=move.ids)
                .create({"move_id": move.id})
            )
            return [data["name"] for data in wizard.mail_attachments_widget]

        self.assertNotIn("Report.pdf", get_files())
        self.company.is_invoice_report_attached = True
        self.assertIn("Report.pdf", get_files())

    def test_other_invoices_stay_as_they_are(self):
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.client_partner.id,
                "invoice_line_ids": [(0, 0, {"name": "Sundry", "price_unit": 5.0})],
            }
        )
        self.assertNotIn('name="billed_job"', self._print(move))
