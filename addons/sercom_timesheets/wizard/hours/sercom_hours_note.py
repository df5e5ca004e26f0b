from odoo import api, fields, models

from ...models.hours.account_analytic_line_approval import APPROVER, TIMESHEET_MANAGER


class SercomHoursNote(models.TransientModel):
    """Ask why hours are refused or unlocked, and do it."""

    _name = "sercom.hours.note"
    _description = "Refuse or Unlock Hours"
    _inherit = ["sercom.field.access.mixin"]

    kind = fields.Selection(
        [("refuse", "Refuse"), ("unlock", "Unlock")], required=True, default="refuse"
    )
    line_ids = fields.Many2many("account.analytic.line", string="Hours", required=True)
    note = fields.Text("Reason", required=True, help="Kept, and told to the person.")

    @api.model
    def _get_writable_fields(self):
        own = {"kind", "line_ids", "note"}
        return {
            **super()._get_writable_fields(),
            **dict.fromkeys((APPROVER, TIMESHEET_MANAGER), own),
        }

    def action_apply(self):
        self.ensure_one()
        if self.kind == "unlock":
            return self.line_ids.action_unlock(self.note)
        return self.line_ids.action_refuse(self.note)
