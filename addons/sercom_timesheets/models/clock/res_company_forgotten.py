from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    clock_forgotten_after = fields.Float(
        "Ask about Open Entries After",
        default=2.0,
        help="Hours after the end of the plan and of the working day after which an open clock "
        "entry counts as forgotten.",
    )

    _clock_forgotten_after_positive = models.Constraint(
        "CHECK (clock_forgotten_after >= 0)", "The tolerance for forgotten clock-outs is 0 or more."
    )
