from odoo import api, fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    fsm_order_id = fields.Many2one(
        "fsm.order",
        string="Job",
        compute="_compute_fsm_order_id",
        search="_search_fsm_order_id",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("fsm_order_ids")
    def _compute_fsm_order_id(self):
        for line in self:
            line.fsm_order_id = line.fsm_order_ids[:1]

    def _search_fsm_order_id(self, operator, value):
        return [("fsm_order_ids", operator, value)]
