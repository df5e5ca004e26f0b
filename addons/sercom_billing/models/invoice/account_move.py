from odoo import Command, api, fields, models

from odoo.addons.sercom_requests.tools.context import Sentinel

# Said by what credits an invoice, or makes it again: it is in the same files as that one.
SAME_FILES = Sentinel("same_files")


class AccountMove(models.Model):
    """An invoice says where which work was done; and, where the firm asks, its hours."""

    _inherit = "account.move"

    shared_file_ids = fields.Many2many(
        "sercom.service.file",
        "sercom_billing_shared_invoice_rel",
        "move_id",
        "service_file_id",
        string="Service Files",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Files whose jobs are billed together here: each counts its own lines.",
    )
    is_by_job = fields.Boolean(
        "Sections by Job", readonly=True, copy=False, help="Each job has a section with its site."
    )

    def _prepare_file_vals(self):
        vals = super()._prepare_file_vals()
        # sudo: the bookkeeping of files
        files = self.sudo().shared_file_ids
        return {**vals, "shared_file_ids": [Command.set(files.ids)]} if files else vals

    @api.model
    def _has_field_access(self, field, operation):
        # Of a credit note the files are copied, whoever credits.
        if field.name == "shared_file_ids" and not self and SAME_FILES.get(self):
            return True
        return super()._has_field_access(field, operation)

    def _reverse_moves(self, default_values_list=None, cancel=False):
        moves = SAME_FILES(self) if self.sudo().shared_file_ids else self  # sudo: files as above
        return super(AccountMove, moves)._reverse_moves(default_values_list, cancel)

    def _get_attached_reports(self):
        """Files of the completion reports of what this one invoice bills, where its company
        attaches them.
        """
        self.ensure_one()
        if not self.company_id.is_invoice_report_attached or self.move_type != "out_invoice":
            return self.env["ir.attachment"]
        # sudo: sent to the client, who gets them with the job too
        files = self._get_billed_jobs().job_report_id.attachment_id
        return files.sudo(self.env.su)

    def _get_billed_jobs(self):
        """Jobs, in sudo, whose work this one invoice bills, the first done first."""
        self.ensure_one()
        # sudo: printed for the client, who reads no jobs
        jobs = self.sudo().invoice_line_ids.sale_line_ids.fsm_order_id
        return jobs.sorted(lambda job: (job.date_end or job.create_date, job.id))

    def _get_billed_hours(self):
        """Hours that this one invoice bills, where its company prints them.

        :return: list of ``{"hours": timesheet line in sudo, "quantity": hours, "price": rate}``
        """
        self.ensure_one()
        if not self.company_id.is_invoice_hours_printed:
            return []
        # sudo: printed for the client, who reads no ledger
        entries = (
            self.sudo()
            .env["sercom.billing.entry"]
            .search([("document_ref", "=", self.id), ("timesheet_ref", "!=", 0)])
        )
        prices = {}
        for bill in self.sudo().invoice_line_ids:  # sudo: as above
            prices.update(dict.fromkeys(bill.sale_line_ids, bill.price_unit))
        sums = {}
        for entry in entries:
            key = (entry.timesheet_id, entry.sale_line_id)
            sums[key] = sums.get(key, 0.0) + entry.quantity
        rows = [
            {"hours": hours, "quantity": abs(quantity), "price": prices.get(line, line.price_unit)}
            for (hours, line), quantity in sums.items()
            if hours and abs(quantity) > 1e-6
        ]
        return sorted(rows, key=lambda row: (row["hours"].date, row["hours"].id))
