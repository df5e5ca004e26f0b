from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...models.hours.account_analytic_line_approval import LOCKERS


class SercomPeriodLock(models.TransientModel):
    """Lock the approved hours up to a date: what is paid and billed no longer changes."""

    _name = "sercom.period.lock"
    _description = "Lock Hours of a Period"
    _inherit = ["sercom.field.access.mixin"]

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_to = fields.Date(
        "Up To",
        required=True,
        help="The last day of the hours that are locked.",
        default=lambda self: self._get_last_sunday(),
    )
    approved_count = fields.Integer(compute="_compute_counts")
    approved_hours = fields.Float(compute="_compute_counts")
    draft_count = fields.Integer(compute="_compute_counts")
    draft_hours = fields.Float(compute="_compute_counts")

    @api.model
    def _get_writable_fields(self):
        own = {"company_id", "date_to"}
        return {**super()._get_writable_fields(), **dict.fromkeys(LOCKERS, own)}

    @api.model
    def _get_last_sunday(self):
        today = fields.Date.context_today(self)
        return fields.Date.subtract(today, days=today.isoweekday())

    @api.depends("company_id", "date_to")
    def _compute_counts(self):
        for wizard in self:
            counts = {
                state: (count, hours)
                for state, count, hours in wizard._get_lines()._read_group(
                    wizard._get_domain(), ["approval_state"], ["__count", "unit_amount:sum"]
                )
            }
            wizard.approved_count, wizard.approved_hours = counts.get("approved", (0, 0.0))
            wizard.draft_count, wizard.draft_hours = counts.get("draft", (0, 0.0))

    def _get_lines(self):
        # sudo: lines of the whole company; who may lock is checked by the action
        return self.env["account.analytic.line"].sudo()

    def _get_domain(self):
        return [
            ("project_id", "!=", False),
            ("company_id", "=", self.company_id.id),
            ("date", "<=", self.date_to),
        ]

    def action_lock(self):
        """Lock the approved hours; those in draft stay, and are shown."""
        self.ensure_one()
        if not any(map(self.env.user.has_group, LOCKERS)):
            raise AccessError(self.env._("Only managers and accountants lock hours."))
        if self.company_id not in self.env.companies:
            raise AccessError(
                # sudo: words for a message
                self.env._("%s is not one of your companies.", self.company_id.sudo().name)
            )
        domain = [*self._get_domain(), ("approval_state", "=", "approved")]
        lines = self._get_lines().search(domain)
        if not lines:
            raise UserError(
                self.env._(
                    "No hours of %(company)s up to %(date)s are approved. Approve them first.",
                    company=self.company_id.name,
                    date=fields.Date.to_string(self.date_to),
                )
            )
        lines.action_lock()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if self.draft_count else "success",
                "message": self.env._(
                    "%(count)s lines are locked. %(left)s up to that day still wait for an "
                    "approval.",
                    count=len(lines),
                    left=self.draft_count,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
