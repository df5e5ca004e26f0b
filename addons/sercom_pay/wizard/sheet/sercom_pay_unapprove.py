from odoo import api, fields, models

from ...models.sheet.hr_attendance import OFFICER


class SercomPayUnapprove(models.TransientModel):
    """Ask why the approval of paid time is taken back, and do it."""

    _name = "sercom.pay.unapprove"
    _description = "Take an Approval Back"
    _inherit = ["sercom.field.access.mixin"]

    attendance_ids = fields.Many2many(
        "hr.attendance",
        string="Clock Entries",
        required=True,
        default=lambda self: self.env["hr.attendance"].browse(self.env.context.get("active_ids")),
    )
    reason = fields.Text(required=True, help="Kept on the entry and on the pay sheet.")

    @api.model
    def _get_writable_fields(self):
        return {**super()._get_writable_fields(), OFFICER: {"attendance_ids", "reason"}}

    def action_apply(self):
        """Take the approval back."""
        self.ensure_one()
        return self.attendance_ids.action_unapprove_pay(self.reason)
