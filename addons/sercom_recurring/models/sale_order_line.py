from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.sercom_requests.tools.local_time import local_date


class SaleOrderLine(models.Model):
    """A line that a recurring job sold, on a visit or for a period."""

    _inherit = "sale.order.line"

    is_recurring = fields.Boolean(copy=False, readonly=True)
    recurring_line_id = fields.Many2one(
        "sercom.recurring.line",
        copy=False,
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    def _get_open_recurring_lines(self):
        """Lines of the set that a recurring job made, nothing of them delivered or billed."""
        return self.filtered(
            lambda line: line.is_recurring and not line.qty_invoiced and not line.qty_delivered
        )

    def _is_period_price(self):
        """Whether this one line is the fixed price of a period."""
        self.ensure_one()
        return self.is_recurring and not self.fsm_order_id and bool(self.order_id.recurring_period)

    def _is_delivered_by_job(self):
        by_period = self._is_period_price() and self.product_id.type == "service"
        return (
            super()._is_delivered_by_job()
            or by_period
            and self.qty_delivered_method in (False, "manual")
        )

    @api.depends("is_recurring", "order_id.recurring_period")
    def _compute_qty_delivered_method(self):
        return super()._compute_qty_delivered_method()

    @api.depends(
        "order_id.fsm_order_ids.stage_id",
        "order_id.fsm_order_ids.sale_id.order_line.qty_invoiced",
        "is_recurring",
    )
    def _compute_qty_delivered(self):
        return super()._compute_qty_delivered()

    def _prepare_qty_delivered(self):
        # The price of a period is earned with its first visit done.
        delivered = super()._prepare_qty_delivered()
        for line in self.filtered(lambda line: line._is_period_price()):
            if line.qty_delivered_method != "field_service":
                continue
            # sudo: billing is done whoever may open the visits
            if "done" in line.sudo().order_id.fsm_order_ids.mapped("state"):
                delivered[line] = line.product_uom_qty
        return delivered

    def _prepare_invoice_line(self, **optional_values):
        vals = super()._prepare_invoice_line(**optional_values)
        if self.is_recurring and self.order_id.recurring_period and vals.get("name"):
            vals["name"] = f"{vals['name']}\n{self._get_visit_words()}"
        return vals

    def _get_visit_words(self):
        """What this one line of an order by period is for: the day of its visit, or the period."""
        line = self.with_context(lang=self.order_id.partner_id.lang or self.env.lang)
        if line._is_period_price():
            recurring = self.order_id.fsm_recurring_id.sudo()  # sudo: words on the client's order
            first, last = recurring._get_billing_period(self.order_id.recurring_period)
            return line.env._(
                "From %(first)s to %(last)s",
                first=format_date(line.env, first),
                last=format_date(line.env, last),
            )
        job = self.sudo().fsm_order_id  # sudo: words on the client's order
        moment = job.date_end or job.scheduled_date_start
        day = moment and local_date(moment, job.fsm_recurring_id.tz)
        return line.env._("Visit of %s", format_date(line.env, day or job.recurrence_date))

    def _prepare_recurring_line_vals(self):
        """Values of the line of a recurring job that goes on selling this one line."""
        unit, product = self.product_uom_id, self.product_id
        return {
            "product_id": product.id,
            "name": self.name,
            "product_uom_qty": unit._compute_quantity(self.product_uom_qty, product.uom_id),
            "price_unit": unit._compute_price(self.price_unit, product.uom_id),
            # Without an agreed price the client's is taken: what is free stays free.
            "discount": self.discount if self.price_unit else 100.0,
        }
