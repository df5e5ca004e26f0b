from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        """As Odoo; an order that is confirmed by its deposit is told of as one that is signed."""
        confirmed = super()._check_amount_and_confirm_order()
        confirmed._tell_of_answer("approved")
        return confirmed
