from odoo import api, fields, models
from odoo.fields import Domain

from .sercom_accounting_batch import MOVE_TYPES

GROUP = "sercom_accounting_export.sercom_accounting_export_group"


class AccountMove(models.Model):
    _inherit = "account.move"

    accounting_line_ids = fields.One2many(
        "sercom.accounting.batch.line", "move_id", "Handed Over", readonly=True, groups=GROUP
    )
    accounting_state = fields.Selection(
        [("pending", "To Send"), ("batch", "In a Batch"), ("sent", "Sent")],
        "Bookkeeper",
        compute="_compute_accounting_state",
        groups=GROUP,
    )

    @api.depends("state", "move_type", "accounting_line_ids.batch_id.state")
    def _compute_accounting_state(self):
        for move in self:
            move.accounting_state = move.accounting_line_ids._get_state(
                move.state == "posted" and move.move_type in MOVE_TYPES
            )

    @api.model
    def _get_accounting_domain(self, company, date_to):
        """Domain of the invoices and credit notes of a company that wait to be sent."""
        domain = self._get_accounting_unsent_domain(company) & Domain("date", "<=", date_to)
        if company.accounting_export_start:
            domain &= Domain("date", ">=", company.accounting_export_start)
        return domain

    @api.model
    def _get_accounting_unsent_domain(self, company):
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "posted")
            & Domain("move_type", "in", list(MOVE_TYPES))
            & Domain("accounting_line_ids", "=", False)
        )

    @api.model
    def _get_accounting_left_out_domain(self, company):
        """Domain of those that are dated before what is handed over, and were made since."""
        start = company.accounting_export_start
        if not start:
            return Domain.FALSE
        made_since = Domain("create_date", ">=", fields.Datetime.to_datetime(start))
        return self._get_accounting_unsent_domain(company) & Domain("date", "<", start) & made_since
