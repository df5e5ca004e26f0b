from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    job_report_hours = fields.Selection(
        [("none", "None"), ("total", "Totals"), ("detail", "By day and person")],
        string="Hours on the Completion Report",
        default="total",
        required=True,
        help="What the client reads of the hours worked. Never their cost.",
    )
