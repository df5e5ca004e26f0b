from odoo import fields, models


class PurchaseOrderLine(models.Model):
    """What somebody decided of a part that was bought for a job and is not billed."""

    _inherit = "purchase.order.line"

    unbilled_quantity = fields.Float(
        "Not Billed",
        readonly=True,
        copy=False,
        digits="Product Unit",
        help="Of what was bought for the job, in the product's unit: decided, and never billed.",
    )
    unbilled_fate = fields.Selection(
        [
            ("written_off", "Written Off"),
            ("warranty", "Warranty"),
            ("absorbed", "Absorbed by a Fixed Price"),
            ("not_chargeable", "Not Chargeable"),
        ],
        "Why Not Billed",
        readonly=True,
        copy=False,
    )
