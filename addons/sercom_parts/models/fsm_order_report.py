from odoo import models


class FsmOrder(models.Model):
    """Parts that the client got, on the completion report."""

    _inherit = "fsm.order"

    def _get_report_parts(self):
        """Parts that the client got on this one job.

        :return: list of dicts ``name``, ``quantity``, ``unit`` and ``lots`` (lot or serial
            numbers, in one text)
        """
        job = self.sudo()  # sudo: lots and quantities, for who reads no stock
        products = job.part_line_ids.product_id
        used = job._get_used_parts(products)
        lots = {}
        for move in job._get_done_moves(products):
            sign = 1 if move.location_dest_id._is_outgoing() else -1
            for row in move.move_line_ids.filtered("lot_id"):
                counts = lots.setdefault(move.product_id, {})
                counts[row.lot_id] = counts.get(row.lot_id, 0) + sign * row.quantity_product_uom
        return [
            {
                "name": product.with_context(lang=self.env.lang).display_name,
                "quantity": used[product],
                "unit": product.uom_id.with_context(lang=self.env.lang).name,
                "lots": ", ".join(
                    lot.name for lot, count in lots.get(product, {}).items() if count > 0
                ),
            }
            for product in products
            if product.uom_id.compare(used.get(product, 0.0), 0.0) > 0
        ]
