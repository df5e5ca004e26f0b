from odoo import models

from .stock_quant import OWN_TRUCK


class StockMove(models.Model):
    """Parts of a job are taken from its worker's truck first."""

    _inherit = "stock.move"

    def _with_own_truck(self):
        """This one move, reserving also in the truck of its job's worker."""
        if not self.env["stock.location"]._get_truck_ids():
            return self
        # sudo: storekeepers may not read the job
        truck = self.sudo().sale_line_id.fsm_order_id._get_truck()
        return OWN_TRUCK(self, truck.id) if truck else self

    def _update_reserved_quantity_vals(self, *args, **kwargs):
        return super(StockMove, self._with_own_truck())._update_reserved_quantity_vals(
            *args, **kwargs
        )

    def _get_available_quantity(self, *args, **kwargs):
        return super(StockMove, self._with_own_truck())._get_available_quantity(*args, **kwargs)

    def _get_upstream_documents_and_responsibles(self, visited):
        # sudo: who cancels an order reads none of what was bought for it; its buyer is told
        return super(StockMove, self.sudo())._get_upstream_documents_and_responsibles(visited)

    def _get_done_quantity(self):
        """Quantity that this one move moved, in the product's unit."""
        return self.product_uom._compute_quantity(
            self.quantity, self.product_id.uom_id, round=False
        )

    def _get_done_value(self):
        """Stock value of what this one move moved; a part that is not kept in stock is worth
        its cost of today."""
        if self.product_id.is_storable:
            return abs(self.value)
        product = self.product_id.with_company(self.company_id)
        return product.standard_price * self._get_done_quantity()

    def _is_other_use(self, lines):
        """Whether this one move takes parts for something else than ``lines`` of open jobs.

        What leaves for them is their own need; a cancelled job needs nothing.
        """
        line = self.sale_line_id
        return line not in lines and line.fsm_order_id.state != "cancelled"
