from odoo import models


class SaleOrder(models.Model):
    """What came of a request, and follows it."""

    _inherit = "sale.order"

    def _follows_request(self):
        """Hook: whether this one order is still to be done, so that it goes where its request
        does.
        """
        self.ensure_one()
        return self.state in ("draft", "sent")
