from odoo import fields, models


class SaleOrderLine(models.Model):
    """How much of a job's line is there because it was used on site."""

    _inherit = "sale.order.line"

    qty_added_on_site = fields.Float(
        "Added on Site",
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="Part of the quantity that the people on site added by using it; the rest was sold "
        "before. What they give back is taken off it.",
    )
