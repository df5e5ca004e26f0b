from odoo import fields, models

from ...tools.policy.rounding import RoundingRule


class ResCompany(models.Model):
    """How hours worked become hours billed."""

    _inherit = "res.company"

    billing_increment = fields.Integer(
        "Billing Increment (minutes)",
        help="Hours are billed by steps of so many minutes: 15 for the quarter hour, 0 as worked.",
    )
    billing_direction = fields.Selection(
        [("up", "Up"), ("nearest", "To the Nearest")],
        "Billing Rounding",
        default="up",
        required=True,
    )
    billing_minimum = fields.Float(
        "Billing Minimum (hours)", help="Less than that is billed as that. 0 for none."
    )
    billing_grace = fields.Integer(
        "Billing Grace (minutes)",
        help="So many minutes past a step are not rounded up to the next one.",
    )
    billing_scope = fields.Selection(
        [
            ("entry", "Each Clock Entry"),
            ("day", "Person and Day"),
            ("job", "Whole Job"),
        ],
        default="entry",
        required=True,
        help="What is summed before the minimum and the rounding apply.",
    )

    def _get_rounding_rule(self):
        self.ensure_one()
        return RoundingRule(
            self.billing_increment,
            self.billing_direction,
            self.billing_minimum,
            self.billing_grace,
        )
