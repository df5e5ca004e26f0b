from odoo import models


class FsmOrder(models.Model):
    _inherit = "fsm.order"

    def _get_kept_reason(self):
        # sudo: whoever billed it
        return super()._get_kept_reason() or (
            self.env._("%s has rows in the billing ledger.", self.name)
            if self.sudo().sale_line_ids._has_entries()
            else ""
        )
