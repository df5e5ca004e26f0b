from odoo import api, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """An order that something came of stays: its file, jobs and bills would lose what was sold."""

    _inherit = "sale.order"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_results(self):
        # Other orders are Odoo's.
        for order in self.filtered("service_file_id"):
            if reason := order._get_kept_reason():
                raise UserError(
                    self.env._(
                        "%(reason)s Leave it cancelled instead of deleting it: what was sold stays "
                        "in the file %(file)s.",
                        reason=reason,
                        file=order.sudo().service_file_id.name,  # sudo: for its number
                    )
                )

    def _get_kept_reason(self):
        """Hook: why this one order is not deleted, as a sentence; empty when it may be."""
        self.ensure_one()
        # sudo: whatever bill there is of it
        moves = self.sudo().invoice_ids.filtered(lambda move: move.state != "cancel")
        if not moves:
            return ""
        return self.env._(
            "%(order)s is invoiced: %(invoices)s.",
            order=self.name,
            invoices=", ".join(moves.mapped("display_name")),
        )
