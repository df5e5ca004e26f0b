from odoo import fields, models

from ...tools.policy.policies import POLICIES
from ...tools.policy.rounding import RoundingRule

DIRECTIONS = [("up", "Up"), ("nearest", "To the Nearest")]


class ResCompany(models.Model):
    """How hours worked become hours billed."""

    _inherit = "res.company"

    billing_increment = fields.Integer(
        "Billing Increment (minutes)",
        help="Hours are billed by steps of so many minutes: 15 for the quarter hour, 0 as worked.",
    )
    billing_direction = fields.Selection(
        DIRECTIONS,
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

    billing_policy = fields.Selection(
        POLICIES,
        "Hours Billed",
        help="Of services that say nothing else. Empty: as Odoo's invoicing policy says.",
    )
    authorized_warning = fields.Integer(
        "Warn at (% of the authorised hours)",
        default=80,
        help="From so much of the authorised hours on, the job warns. 0: only past them.",
    )

    is_invoice_hours_printed = fields.Boolean(
        "Hours on Invoices",
        help="Invoices list the hours that they bill: date, person, hours and rate.",
    )

    is_invoice_report_attached = fields.Boolean(
        "Completion Reports with Invoices",
        help="Invoices are sent with the completion reports of their jobs, photos in them.",
    )

    def write(self, vals):
        changed = self.filtered(
            lambda company: (
                "billing_policy" in vals
                and (company.billing_policy or False) != (vals["billing_policy"] or False)
            )
        )
        res = super().write(vals)
        if changed:
            # sudo: the jobs follow the company, whoever sets it up
            lines = self.env["sale.order.line"].sudo()
            domain = lines._get_open_lines_domain() & fields.Domain("company_id", "in", changed.ids)
            lines.search(domain)._follow_policy()
        return res

    def _get_rounding_rule(self):
        self.ensure_one()
        return RoundingRule(
            self.billing_increment,
            self.billing_direction,
            self.billing_minimum,
            self.billing_grace,
        )
