from odoo import models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ...tools.appliance.repair import get_excess


class AccountMove(models.Model):
    """The invoice of a household appliance's repair: no more than was agreed, and what it says."""

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._check_repair_ceilings()
        return posted

    def _check_repair_ceilings(self):
        """Refuse to bill more for a repair than the client agreed to.

        :raises UserError: naming the estimate, both amounts and the way out
        """
        moves = self.filtered(lambda move: move.move_type == "out_invoice")
        # What was agreed to holds, whatever client, work and price have become since.
        # sudo: checked whoever bills
        for order in moves.sudo().line_ids.sale_line_ids.order_id.filtered("repair_ceiling"):
            billed = order._get_repair_billed()
            if get_excess(order.repair_ceiling, billed):
                raise UserError(
                    self.env._(
                        "The client agreed to %(agreed)s for %(order)s, before taxes, and would be "
                        "billed %(billed)s. Bill no more than that, or have them agree to the "
                        "extra work with a change order first (Consumer Protection Act, s. 171).",
                        agreed=formatLang(
                            self.env, order.repair_ceiling, currency_obj=order.currency_id
                        ),
                        order=order.name,
                        billed=formatLang(self.env, billed, currency_obj=order.currency_id),
                    )
                )

    def _get_appliance_repairs(self):
        """Estimates of household appliance repairs, in sudo, that these invoices bill."""
        # sudo: printed for the client
        moves = self.sudo().filtered(lambda move: move.company_id.is_appliance_repair_ruled)
        return moves.line_ids.sale_line_ids.order_id.filtered("is_appliance_estimate")

    def _get_repair_lines(self):
        """Parts, then labour, of the repairs that this one invoice bills; two sets, in sudo."""
        self.ensure_one()
        repairs = self._get_appliance_repairs()
        # sudo: printed for the client
        lines = self.sudo().invoice_line_ids.filtered(
            lambda line: (
                line.display_type == "product"
                and line.sale_line_ids.order_id & repairs
                and not any(line.sale_line_ids.mapped("is_downpayment"))
            )
        )
        labour = lines.filtered(lambda line: line.product_id.type == "service")
        return lines - labour, labour
