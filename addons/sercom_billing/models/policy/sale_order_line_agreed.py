from collections import defaultdict

from odoo import fields, models

# What the client agreed to, of a change order.
AGREED_FIELDS = frozenset(
    {"discount", "price_unit", "product_id", "product_uom_id", "product_uom_qty", "tax_ids"}
)


class SaleOrderLine(models.Model):
    """Hours of a line that the client agreed to: selling more of them later authorises nothing.

    A quote is agreed to when it is confirmed. Of a job without a quote, what the office notes is
    what the client said, until work begins.
    """

    _inherit = "sale.order.line"

    agreed_hours = fields.Float(
        readonly=True,
        copy=False,
        help="Hours of this line that the client agreed to. More of them take a change order.",
    )

    def _get_authorized_hours(self):
        """Hours that the client authorised of each line: no more than are sold still."""
        return {
            line: min(hours, line.agreed_hours) for line, hours in self._get_sold_hours().items()
        }

    def _agree(self):
        """Take what these lines sell as what the client agreed to."""
        changed = defaultdict(self.browse)
        for line, hours in self._get_sold_hours().items():
            if hours != line.agreed_hours:
                changed[hours] |= line
        for hours, lines in changed.items():
            lines.sudo().agreed_hours = hours  # sudo: nobody writes by hand what is agreed

    def _agree_to_open(self):
        """The same, of those of these lines whose limit is not set yet."""
        # sudo: what is agreed follows, whoever sells
        lines = self.sudo().filtered(
            lambda line: (
                line.fsm_order_id
                and not line.display_type
                and line.state == "sale"
                and line.order_id.is_opened_by_job
                and not line.order_id.is_change_order
            )
        )
        if lines:
            lines._get_accepted().filtered(lambda line: not line._is_limit_set())._agree()

    def _is_limit_set(self):
        """Whether work has begun on the job of this one line, of which something is agreed."""
        self.ensure_one()
        job = self.fsm_order_id
        is_agreed = any(job.sale_line_ids._get_accepted().mapped("agreed_hours"))
        return is_agreed and bool(job.timesheet_ids)

    def _after_create(self):
        self._agree_to_open()
        super()._after_create()
        self.order_id._agree_anew()

    def _after_change(self, vals, before):
        if not AGREED_FIELDS.isdisjoint(vals):
            self._agree_to_open()
        super()._after_change(vals, before)
        if not AGREED_FIELDS.isdisjoint(vals):
            self.order_id._agree_anew()
