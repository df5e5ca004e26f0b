from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    """An invoice is sent with the completion reports of its jobs, photos in them, on wish."""

    _inherit = "account.move.send"

    @api.model
    def _get_invoice_extra_attachments(self, move):
        return super()._get_invoice_extra_attachments(move) | move._get_attached_reports()
