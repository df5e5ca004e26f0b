from odoo import models

from odoo.addons.sercom_jobs.tools.job.left_behind import LeftBehind
from odoo.addons.sercom_requests.tools.wording import format_number


class FsmOrder(models.Model):
    """Parts stay when a job is cancelled: they go back to the vendor, the truck or the shelf."""

    _inherit = "fsm.order"

    def _get_left_behind(self):
        left = super()._get_left_behind()
        for job in self.sudo():  # sudo: what stays is told to who may cancel
            left += [*job._get_purchases_left(), *job._get_parts_left()]
        return left

    def _get_purchases_left(self):
        """What was bought for this one job."""
        bought = self.purchase_line_ids.filtered(
            lambda line: line.state != "cancel" and not line.display_type
        )
        coming = bought.filtered(lambda line: line._get_open_quantity() > 0)
        if coming:
            parts = self._list_parts(
                [(line.product_id, line._get_open_quantity()) for line in coming]
            )
            words = self.env._("On order: %s. Cancel it, or keep it for the stock.", parts)
            yield LeftBehind(self, "purchases", words, coming.order_id)
        received = bought.filtered("qty_received")
        if received:
            parts = self._list_parts(
                [(line.product_id, self._to_own_unit(line, line.qty_received)) for line in received]
            )
            words = self.env._("Received: %s. Send it back, or keep it for the stock.", parts)
            yield LeftBehind(self, "received", words, received.order_id)

    def _get_parts_left(self):
        """What was taken out for this one job, and did not come back."""
        taken = self.part_line_ids.filtered(lambda line: line.qty_delivered > 0)
        if taken:
            parts = self._list_parts(
                [(line.product_id, self._to_own_unit(line, line.qty_delivered)) for line in taken]
            )
            words = self.env._("Taken: %s. Put it back, or bill it.", parts)
            pickings = taken.move_ids.filtered(lambda move: move.state == "done").picking_id
            yield LeftBehind(self, "parts", words, pickings or self)

    def _to_own_unit(self, line, quantity):
        """``quantity`` of a line of an order or purchase, in its product's unit."""
        return line.product_uom_id._compute_quantity(quantity, line.product_id.uom_id, round=False)

    def _list_parts(self, parts):
        """Parts in words.

        :param parts: list of ``(product, quantity in its unit)``
        """
        return ", ".join(
            f"{format_number(self.env, quantity)} {product.uom_id.name} – {product.display_name}"
            for product, quantity in parts
        )
