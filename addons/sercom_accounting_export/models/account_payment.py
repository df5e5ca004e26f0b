from odoo import api, fields, models
from odoo.fields import Domain

from .account_move import GROUP


class AccountPayment(models.Model):
    _name = "account.payment"
    _inherit = ["account.payment", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    accounting_line_ids = fields.One2many(
        "sercom.accounting.batch.line", "payment_id", "Handed Over", readonly=True, groups=GROUP
    )
    accounting_state = fields.Selection(
        [("pending", "To Send"), ("batch", "In a Batch"), ("sent", "Sent")],
        "Bookkeeper",
        compute="_compute_accounting_state",
        groups=GROUP,
    )

    @api.depends("state", "partner_type", "move_id", "accounting_line_ids.batch_id.state")
    def _compute_accounting_state(self):
        for payment in self:
            payment.accounting_state = payment.accounting_line_ids._get_state(
                payment.state in ("in_process", "paid")
                and payment.partner_type == "customer"
                and bool(payment.move_id)
            )

    @api.model
    def _get_accounting_domain(self, company, date_to):
        """Domain of the clients' payments, in and out, of a company that wait to be sent.

        One without a journal entry is no money of the ledger yet.
        """
        domain = Domain("company_id", "=", company.id)
        domain &= Domain("state", "in", ("in_process", "paid")) & Domain("date", "<=", date_to)
        domain &= Domain("partner_type", "=", "customer") & Domain("move_id", "!=", False)
        if company.accounting_export_start:
            domain &= Domain("date", ">=", company.accounting_export_start)
        return domain & Domain("accounting_line_ids", "=", False)
