from odoo import fields, models


class ProductTemplate(models.Model):
    """A service may be the rate of a job position: plumber, apprentice."""

    _inherit = "product.template"

    rate_position_ids = fields.Many2many(
        "hr.job",
        "sercom_billing_rate_position_rel",
        "product_id",
        "position_id",
        string="Rate of",
        help="Job positions whose hours are billed at this rate. None: everybody's.",
    )
