from odoo import api, fields, models

from ...tools.field_access import EMPLOYEE, merge_fields


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "sercom.service.file.mixin"]

    service_file_id = fields.Many2one(check_company=True)
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
        if "partner_id" in vals:
            self._leave_files_of_other_clients()
        if is_linked:
            self._check_links()
        return res

    def _leave_files_of_other_clients(self):
        """Take invoices made by hand out of the file of a client that they are no longer for.

        What was sold in a file stays in it, whoever pays: an insurer, or the owner.
        """
        moves = self.sudo().filtered("service_file_id")  # sudo: the bookkeeping of files
        by_hand = moves.filtered(
            lambda move: (
                not move.line_ids.sale_line_ids
                and not move.reversed_entry_id
                and not move.service_file_id._is_of(move.partner_id)
            )
        )
        by_hand.service_file_id = False

    def _prepare_file_vals(self):
        """Values of a credit note of this one invoice, or of the one that replaces it."""
        file = self.sudo().service_file_id  # sudo: the bookkeeping of files
        return {"service_file_id": file.id} if file else {}

    def _reverse_moves(self, default_values_list=None, cancel=False):
        values = default_values_list or [{} for _move in self]
        values = [
            {**move._prepare_file_vals(), **vals} for move, vals in zip(self, values, strict=True)
        ]
        return super()._reverse_moves(values, cancel=cancel)

    def _get_conversion_results(self):
        """Invoices of the set that bill work, and the credits of deposits larger than it."""
        return self.filtered(
            lambda move: (
                move.move_type in ("out_invoice", "out_refund")
                and move.state != "cancel"
                and not move._is_downpayment()
            )
        )

    def _get_deposit_credits(self):
        """Credit notes of the set that give back nothing but a deposit."""
        return self.filtered(
            lambda move: (
                move.move_type == "out_refund" and move.state != "cancel" and move._is_downpayment()
            )
        )

    def _find_conversion_result(self, is_left):
        """What the button that bills opens of the set instead of making another document.

        :param bool is_left: whether something is to bill, or to give back
        :return: the draft invoice; or, with nothing left, the draft credit note or the last
            document; empty when one is to be made
        """
        drafts = self.filtered(lambda move: move.state == "draft")
        invoices = drafts.filtered(lambda move: move.move_type == "out_invoice")
        if invoices or is_left:
            return invoices[:1]
        return (drafts or self).sorted("id")[-1:]

    @api.depends("line_ids.fsm_order_ids")
    def _compute_fsm_order_ids(self):
        # OVERRIDE fieldservice_account, which searches the jobs once per move, vendor bills too.
        for move in self:
            move.fsm_order_ids = move.line_ids.fsm_order_ids
            move.fsm_order_count = len(move.fsm_order_ids)
