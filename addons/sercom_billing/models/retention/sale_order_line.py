from odoo import fields, models
from odoo.tools import format_date


class SaleOrderLine(models.Model):
    """What is held back of a progress invoice: a deposit below zero, so that all that deducts a
    deposit (the final invoice, credits, cancelled drafts) gives it back without knowing it.
    """

    _inherit = "sale.order.line"

    is_retention = fields.Boolean(
        "Retention",
        readonly=True,
        copy=False,
        help="Held back of a progress invoice, and billed when it is released.",
    )

    def _get_downpayment_description(self):
        self.ensure_one()
        if self.display_type or not self.is_retention:
            return super()._get_downpayment_description()
        state = self._get_downpayment_state()
        if state == "draft":
            date = format_date(self.env, self.create_date.date())
            return self.env._("Retention: %s (Draft)", date)
        if state == "cancel":
            return self.env._("Retention (Cancelled)")
        held = self._get_invoice_lines().filtered(
            lambda bill: bill.quantity >= 0 and bill.move_id.move_type == "out_invoice"
        )
        if len(held.move_id) == 1 and held.move_id.invoice_date:
            return self.env._(
                "Retention (ref: %(reference)s on %(date)s)",
                reference=held.move_id.payment_reference or held.move_id.name,
                date=format_date(self.env, held.move_id.invoice_date),
            )
        return self.env._("Retention")

    def _prepare_invoice_line(self, **optional_values):
        vals = super()._prepare_invoice_line(**optional_values)
        if self.is_retention and vals["quantity"] < 0:
            vals["name"] = self.env._("Released: %s", self.name)
        return vals
