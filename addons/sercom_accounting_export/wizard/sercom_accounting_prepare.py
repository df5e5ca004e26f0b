from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.field_access import BILLING


class SercomAccountingPrepare(models.TransientModel):
    """Choose the program and the day up to which a batch is made; or why it is sent again."""

    _name = "sercom.accounting.prepare"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Prepare a hand-over"

    layout_id = fields.Many2one(
        "sercom.accounting.layout",
        "Program",
        required=True,
        default=lambda self: self._get_last_layout(),
    )
    date_to = fields.Date(
        "Up To",
        required=True,
        default=fields.Date.context_today,
        help="Invoices, credit notes and payments that are dated up to this day.",
    )
    line_ids = fields.Many2many(
        "sercom.accounting.batch.line", default=lambda self: self._get_chosen_lines()
    )
    reason = fields.Char(
        "Why Again", help="The bookkeeper has these already: say what to do with them."
    )

    @api.model
    def _get_writable_fields(self):
        return {BILLING: {"date_to", "layout_id", "line_ids", "reason"}}

    @api.model
    def _get_last_layout(self):
        last = self.env["sercom.accounting.batch"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        return last.layout_id

    @api.model
    def _get_chosen_lines(self):
        if self.env.context.get("active_model") != "sercom.accounting.batch.line":
            return False
        return self.env.context.get("active_ids")

    def action_prepare(self):
        """Make the batch and its files.

        :return: window action of the batch
        """
        self.ensure_one()
        self.check_access("write")
        lines = self.line_ids
        if lines:
            self._check_can_send_again(lines)
        batch = self.env["sercom.accounting.batch"]._prepare_batch(
            self.layout_id, self.date_to, lines, (self.reason or "").strip()
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": batch._name,
            "res_id": batch.id,
            "views": [(False, "form")],
        }

    def _check_can_send_again(self, lines):
        lines.check_access("read")
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why these are sent again."))
        if len(lines.company_id) > 1:
            raise UserError(self.env._("Send those of one company at a time."))
        waiting = lines.filtered(lambda line: line.state != "sent")
        if waiting:
            raise UserError(
                self.env._(
                    "%(name)s was not sent yet: it is in %(batch)s.",
                    name=waiting[0].name,
                    batch=waiting[0].batch_id.name,
                )
            )
