from odoo import api, fields, models


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "sercom.service.file.mixin"]

    # A credit note, or an invoice done again, stays in the file of its invoice.
    service_file_id = fields.Many2one(check_company=True, copy=True)
    fsm_order_ids = fields.Many2many(string="Jobs")
    fsm_order_count = fields.Integer(string="Job Count")

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
