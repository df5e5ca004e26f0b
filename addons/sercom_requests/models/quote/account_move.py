from odoo import api, fields, models

from ...tools.field_access import EMPLOYEE, merge_fields


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "sercom.service.file.mixin"]

    # A credit note, or an invoice done again, stays in the file of its invoice.
    service_file_id = fields.Many2one(check_company=True, copy=True)
    fsm_order_ids = fields.Many2many(string="Jobs")
    fsm_order_count = fields.Integer(string="Job Count")

    @api.model
    def _get_writable_fields(self):
        # Whoever may write the invoice; ``_check_links`` looks at the file.
        return merge_fields(super()._get_writable_fields(), {EMPLOYEE: {"service_file_id"}})

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        if self._is_linked_by(vals_list):
            moves._check_links()
        return moves

    def write(self, vals):
        is_linked = self._check_old_links(vals)
        res = super().write(vals)
        if is_linked:
            self._check_links()
        return res

    def _get_conversion_results(self):
        """Invoices of the set that bill work, and the credits of deposits larger than it."""
        return self.filtered(
            lambda move: (
                move.move_type in ("out_invoice", "out_refund")
                and move.state != "cancel"
                and not move._is_downpayment()
            )
        )

    @api.depends("line_ids.fsm_order_ids")
    def _compute_fsm_order_ids(self):
        # OVERRIDE fieldservice_account, which searches the jobs once per move, vendor bills too.
        for move in self:
            move.fsm_order_ids = move.line_ids.fsm_order_ids
            move.fsm_order_count = len(move.fsm_order_ids)
