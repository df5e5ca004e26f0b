from collections import defaultdict

from odoo import Command, api, fields, models
from odoo.tools import float_is_zero


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

    def _copy_data_extend_business_fields(self, values):
        # As Odoo does for ``sale_line_ids``: a credit note, or what replaces an invoice, is of
        # the same job; a mere duplicate is not.
        super()._copy_data_extend_business_fields(values)
        # sudo: who bills may not read jobs
        if jobs := self.sudo().fsm_order_ids:
            values["fsm_order_ids"] = [Command.set(jobs.ids)]

    def _is_billed(self):
        """Whether invoices of these lines of one job stand, not credited in full.

        A credit note counts from the day it is posted.
        """
        lines = self.filtered(
            lambda line: (
                line.parent_state == "posted"
                or (line.parent_state == "draft" and line.move_id.move_type == "out_invoice")
            )
        )
        quantities = defaultdict(float)
        for line in lines:
            sold = line.sale_line_ids[:1] or line
            quantities[sold] -= line.quantity * line.move_id.direction_sign
        return any(not float_is_zero(left, precision_digits=4) for left in quantities.values())
