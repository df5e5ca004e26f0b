from odoo import models


class AccountMoveReversal(models.TransientModel):
    """An invoice that is made again bills the hours of the one that it replaces."""

    _inherit = "account.move.reversal"

    def reverse_moves(self, is_modify=False):
        # sale_timesheet frees the hours and forgets them: a bill by period takes them once more.
        # sudo: as Odoo does: who invoices may not read hours
        hours = {move: move.sudo().timesheet_ids for move in self.move_ids} if is_modify else {}
        action = super().reverse_moves(is_modify)
        if is_modify:
            for move, new in zip(self.move_ids, self.new_move_ids, strict=False):
                billed = new.line_ids.sale_line_ids
                hours[move].filtered(lambda line, billed=billed: line.so_line in billed).write(
                    {"timesheet_invoice_id": new.id}
                )
        return action
