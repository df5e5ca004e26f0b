from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import float_is_zero

from odoo.addons.sercom_requests.tools.field_access import readers_only


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

    @readers_only
    def _search_fsm_order_id(self, operator, value):
        return [("fsm_order_ids", operator, value)]

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if any(vals.get("sale_line_ids") for vals in vals_list):
            lines._link_jobs()
        return lines

    def _link_jobs(self):
        """Give lines that bill an order the jobs that they bill: also a credit note's, and those
        of an invoice made again. Odoo keeps the order's line on both, and not on a duplicate.
        """
        # sudo: who bills may not read jobs
        for line in self.sudo().filtered(lambda line: not line.fsm_order_ids):
            if jobs := line.sale_line_ids.fsm_order_id:
                line.fsm_order_ids = jobs

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
