from odoo import fields, models


class SaleOrderLine(models.Model):
    """A line that bills a job's hours of a time of day, beside the line that it was made for."""

    _inherit = "sale.order.line"

    billing_band_id = fields.Many2one(
        "sercom.billing.band",
        "Rate",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    band_base_line_id = fields.Many2one(
        "sale.order.line",
        "Made for",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Line of the job's own rate.",
    )
    band_line_ids = fields.One2many("sale.order.line", "band_base_line_id", "Lines of Other Rates")
