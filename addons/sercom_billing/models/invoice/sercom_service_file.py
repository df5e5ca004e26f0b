from odoo import api, fields, models


class SercomServiceFile(models.Model):
    """A file counts its own lines of an invoice that bills jobs of several files.

    The invoice is in the first of them (``service_file_id``), and shared by all.
    """

    _inherit = "sercom.service.file"

    shared_invoice_ids = fields.Many2many(
        "account.move",
        "sercom_billing_shared_invoice_rel",
        "service_file_id",
        "move_id",
        string="Invoices Shared with Other Files",
        readonly=True,
        copy=False,
    )

    @api.depends("shared_invoice_ids.state", "shared_invoice_ids.amount_residual")
    def _compute_state(self):
        return super()._compute_state()

    @api.depends(
        "shared_invoice_ids.state",
        "shared_invoice_ids.amount_total_signed",
        "shared_invoice_ids.amount_residual_signed",
    )
    def _compute_amounts(self):
        res = super()._compute_amounts()
        for file in self:
            for name in ("amount_invoiced", "amount_due"):
                file[name] = file.currency_id.round(file[name])
            file.amount_paid = file.currency_id.round(file.amount_invoiced - file.amount_due)
        return res

    @api.depends("shared_invoice_ids.service_file_id")
    def _compute_counts(self):
        res = super()._compute_counts()
        for file in self:
            others = file.shared_invoice_ids.filtered(
                lambda move, file=file: move.service_file_id != file
            )
            file.invoice_count += len(others)
        return res

    @api.depends("shared_invoice_ids.state", "shared_invoice_ids.amount_residual")
    def _compute_timeline(self):
        return super()._compute_timeline()

    @api.depends("shared_invoice_ids.state", "shared_invoice_ids.amount_residual")
    def _compute_next_action(self):
        return super()._compute_next_action()

    def _get_bills(self):
        return super()._get_bills() | self.shared_invoice_ids

    def _get_bill_share(self, move):
        if move not in self.shared_invoice_ids:
            return super()._get_bill_share(move)
        # sudo: what the file shows of it is a part of a sum
        lines = move.sudo().invoice_line_ids
        total = sum(lines.mapped("price_total"))
        if not total:
            return 0.0
        own = lines.filtered(lambda line: self in line.sale_line_ids.order_id.service_file_id)
        return sum(own.mapped("price_total")) / total

    def _get_timeline_records(self, model):
        records = super()._get_timeline_records(model)
        if model != "account.move" or not records.has_access("read"):
            return records
        return records | self.shared_invoice_ids._filtered_access("read")

    def _get_entry_file_ids(self, record):
        if record._name == "account.move" and (files := record.shared_file_ids):
            return files.ids
        return super()._get_entry_file_ids(record)

    def _merge_into(self, target):
        # sudo: all of it, whoever may read it
        moves = (self - target).sudo().shared_invoice_ids
        res = super()._merge_into(target)
        for move in moves:
            move.shared_file_ids = move.shared_file_ids - self | target
        return res
