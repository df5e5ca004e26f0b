from odoo import models
from odoo.exceptions import UserError


class FsmOrder(models.Model):
    """Parts given back: from the client into the truck, until they are invoiced."""

    _inherit = "fsm.order"

    def _give_part_back(self, product, quantity, lot, truck):
        """Return ``quantity`` of ``product`` from the client to ``truck``."""
        lines = self._get_part_lines(product)
        self._check_not_invoiced(product, lines, quantity)
        place = truck or self.sale_id.warehouse_id.lot_stock_id
        for move, back in self._get_returns(product, quantity, lot):
            self._return_move(move, back, lot, place)
        left = quantity
        for line in lines:
            unit = line.product_uom_id
            less = min(product.uom_id._compute_quantity(left, unit), line.qty_added_on_site)
            if unit.compare(less, 0.0) > 0:
                line.qty_added_on_site -= less
                line.product_uom_qty -= less
                left -= unit._compute_quantity(less, product.uom_id)
        lines._action_launch_stock_rule()  # what was sold before is still to deliver

    def _check_not_invoiced(self, product, lines, quantity):
        used = self._get_used_parts(product).get(product, 0.0)
        invoiced = sum(
            line.product_uom_id._compute_quantity(line.qty_invoiced, product.uom_id, round=False)
            for line in lines
        )
        if product.uom_id.compare(invoiced, used - quantity) > 0:
            raise UserError(
                self.env._(
                    "%(product)s of %(job)s is invoiced and cannot be given back here. Ask the "
                    "office.",
                    product=product.display_name,
                    job=self.name,
                )
            )

    def _get_returns(self, product, quantity, lot):
        """Transfers to return, the last ones first: ``[(move, quantity)]``."""
        answer = []
        moves = self._get_done_moves(product)
        for move in moves.filtered(lambda m: m.location_dest_id._is_outgoing()).sorted(
            "id", reverse=True
        ):
            gone, back = (
                sum(
                    row.quantity_product_uom
                    for row in done.move_line_ids
                    if not lot or row.lot_id == lot
                )
                for done in (move, move.returned_move_ids.filtered(lambda m: m.state == "done"))
            )
            taken = min(gone - back, quantity)
            if product.uom_id.compare(taken, 0.0) > 0:
                answer.append((move, taken))
                quantity -= taken
        return answer

    def _return_move(self, move, quantity, lot, place):
        """Do the return of ``quantity`` of one done ``move`` to ``place``."""
        out_type = self.sale_id.warehouse_id.out_type_id
        kind = out_type.return_picking_type_id or self.sale_id.warehouse_id.in_type_id
        customer = move.location_dest_id
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": kind.id,
                "partner_id": move.picking_id.partner_id.id,
                "location_id": customer.id,
                "location_dest_id": place.id,
                "origin": self.name,
                "return_id": move.picking_id.id,
                "company_id": self.company_id.id,
                "user_id": False,
            }
        )
        back = move.copy(
            {
                "picking_id": picking.id,
                "picking_type_id": kind.id,
                "product_uom": move.product_id.uom_id.id,
                "product_uom_qty": quantity,
                "location_id": customer.id,
                "location_dest_id": place.id,
                "location_final_id": False,
                "origin_returned_move_id": move.id,
                "to_refund": True,
                "procure_method": "make_to_stock",
            }
        )
        back._action_confirm(merge=False)
        self._fill_moves(back, [(customer, quantity)], lot)
        back._action_done()
