from odoo import models

from ...models.invoice.account_move import SAME_FILES


class AccountMoveReversal(models.TransientModel):
    """An invoice of several files that is made again is in the same ones."""

    _inherit = "account.move.reversal"

    def reverse_moves(self, is_modify=False):
        return super(AccountMoveReversal, SAME_FILES(self)).reverse_moves(is_modify)
