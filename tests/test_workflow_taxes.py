from odoo.tests import tagged

from .quebec import QuebecCommon


@tagged("post_install", "-at_install")
class TestWorkflowTaxes(QuebecCommon):
    """TPS and TVQ to the cent, on what the conversions make."""

    def _bill(self, *prices, method=None):
        """Invoice of a quote with one service of each price."""
        if method:
            self.company.tax_calculation_rounding_method = method
        order = self._create_quote(
            partner_id=self.contact.id,
            order_line=[self._line(self.product_travel, price_unit=price) for price in prices],
        )
        return order, self.post(self.convert("estimator", order, "invoice"))

    def _credit(self, move):
        """Credit note of the whole invoice, as a draft."""
        wizard = (
            self.by("accountant", self.env["account.move.reversal"])
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id, "reason": "Too much"})
        )
        return self.env["account.move"].browse(wizard.refund_moves()["res_id"])

    def test_a_hundred_dollars(self):
        order, move = self._bill(100.0)
        line = move.invoice_line_ids
        self.assertEqual((line.price_subtotal, line.price_total), (100.0, 114.98))
        for record in (order, move):
            self.assert_taxes(record, 100.0, 5.0, 9.98)
            self.assertEqual(record.amount_total, 114.98)
        taxes = move.line_ids.filtered("tax_line_id").sorted("balance", reverse=True)
        self.assertEqual(taxes.mapped("balance"), [-5.0, -9.98])

    def test_total_of_several_lines_is_taxed_once(self):
        order, move = self._bill(100.0, 100.0, 100.0, method="round_globally")
        self.assertEqual(move.invoice_line_ids.mapped("price_total"), [114.98] * 3)
        for record in (order, move):
            self.assert_taxes(record, 300.0, 15.0, 29.93)

    def test_lines_taxed_one_by_one(self):
        order, move = self._bill(100.0, 100.0, 100.0, method="round_per_line")
        for record in (order, move):
            self.assert_taxes(record, 300.0, 15.0, 29.94)

    def test_cents_that_fall_on_a_half(self):
        order, move = self._bill(0.1, 33.33, 65.07)
        for record in (order, move):
            self.assert_taxes(record, 98.5, 4.93, 9.83)

    def test_fixed_deposit_is_deducted_with_its_taxes(self):
        order = self._create_quote(partner_id=self.contact.id)
        self.by("estimator", order).action_confirm()
        deposit = self.bill_deposit(order, "fixed", fixed_amount=114.98)
        self.post(deposit)
        self.assert_taxes(deposit, 100.0, 5.0, 9.98)
        order.fsm_order_ids.action_complete()
        rest = self.post(self.convert("accountant", order, "invoice"))
        self.assertEqual(rest.service_file_id, deposit.service_file_id)
        self.assert_taxes(rest, 375.0, 18.75, 37.4)
        self.assertEqual(round(deposit.amount_total + rest.amount_total, 2), order.amount_total)

    def test_percentage_deposit_is_deducted_with_its_taxes(self):
        order = self._create_quote(
            partner_id=self.contact.id,
            order_line=[self._line(self.product_travel, price_unit=99.99) for _n in range(3)],
        )
        self.by("estimator", order).action_confirm()
        deposit = self.bill_deposit(order, "percentage", amount=33.0)
        self.post(deposit)
        rest = self.post(self.convert("accountant", order, "invoice"))
        self.assert_taxes(order, 299.97, 15.0, 29.92)
        for group in ("GST", "QST"):
            billed = sum(self._tax(move, group) for move in deposit | rest)
            self.assertEqual(round(billed, 2), self._tax(order, group))
        self.assertEqual(round(deposit.amount_total + rest.amount_total, 2), order.amount_total)

    def _tax(self, record, name):
        return next(
            round(group["tax_amount_currency"], 2)
            for subtotal in record.tax_totals["subtotals"]
            for group in subtotal["tax_groups"]
            if group["group_name"] == name
        )

    def test_full_credit_note_gives_every_cent_back(self):
        order, move = self._bill(100.0, 33.33)
        file = order.service_file_id
        self.assert_taxes(move, 133.33, 6.67, 13.3)
        credit = self._credit(move)
        self.assertEqual(credit.service_file_id, file)
        self.assertEqual(credit.invoice_line_ids.sale_line_ids, order.order_line)
        self.post(credit)
        self.assert_taxes(credit, 133.33, 6.67, 13.3)
        self.assertEqual(move.payment_state, "reversed")
        self.env.invalidate_all()
        self.assertEqual((file.amount_invoiced, file.amount_due), (0.0, 0.0))

    def test_partial_credit_note_leaves_the_rest_due(self):
        order, move = self._bill(100.0, 200.0)
        file = order.service_file_id
        credit = self._credit(move)
        credit.invoice_line_ids.filtered(lambda line: line.price_unit == 200.0).unlink()
        self.post(credit)
        self.assert_taxes(credit, 100.0, 5.0, 9.98)
        lines = (move | credit).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        lines.filtered(lambda line: not line.reconciled).reconcile()
        self.assertEqual(move.payment_state, "partial")
        self.assertEqual(move.amount_residual, 229.95)
        payment = self.pay(move)
        self.assertEqual(payment.amount, 229.95)
        self.assertEqual(move.payment_state, "paid")
        self.env.invalidate_all()
        self.assertEqual(round(file.amount_invoiced, 2), 229.95)
        self.assertEqual((round(file.amount_paid, 2), file.amount_due), (229.95, 0.0))

    def test_pro_forma_takes_no_number_and_posts_nothing(self):
        order = self._create_quote(partner_id=self.contact.id)
        last = self.env["account.move"].search([], order="id desc", limit=1)
        report = self.env.ref("sale.action_report_pro_forma_invoice")
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(report, order.ids)
        self.assertRegex(html.decode(), "47[.,]38")
        self.assertEqual(self.env["account.move"].search([], order="id desc", limit=1), last)
        self.assertEqual(order.state, "draft")
