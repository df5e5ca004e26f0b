from odoo import models


class AccountMoveReversal(models.TransientModel):
    """An invoice that is made again stays in the file of the one it replaces."""

    _inherit = "account.move.reversal"

    def _modify_default_reverse_values(self, origin_move):
        return {
            **super()._modify_default_reverse_values(origin_move),
            **origin_move._prepare_file_vals(),
        }
