from odoo import fields, models


class SaleOrder(models.Model):
    """What a client refused stays on their page, with their reason."""

    _inherit = "sale.order"

    refused_on = fields.Datetime(readonly=True, copy=False, help="When the client refused it.")
    refusal_reason = fields.Text(readonly=True, copy=False, help="As the client typed it.")

    def _note_refused(self, reason):
        """Remember that the client refused this one quote, in sudo."""
        self.write({"refused_on": fields.Datetime.now(), "refusal_reason": (reason or "")[:4000]})
