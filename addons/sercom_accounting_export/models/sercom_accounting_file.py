import base64

from odoo import api, fields, models

from ..tools.read import read_total
from ..tools.write import write_file


class SercomAccountingFile(models.Model):
    """A file of a batch, and its certificate: the ledger's total beside the file's own."""

    _name = "sercom.accounting.file"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Hand-over file"
    _order = "id"

    batch_id = fields.Many2one(
        "sercom.accounting.batch", required=True, ondelete="cascade", index=True, readonly=True
    )
    name = fields.Char("File", required=True, readonly=True)
    content = fields.Binary(readonly=True, attachment=True)
    document_count = fields.Integer("Records", readonly=True)
    currency_name = fields.Char("Currency", readonly=True)
    ledger_total = fields.Float("In the Ledger", digits=(16, 2), readonly=True)
    file_total = fields.Float("In the File", digits=(16, 2), readonly=True)
    has_total = fields.Boolean(
        readonly=True, default=True, help="A list of clients or items has no total to compare."
    )
    difference = fields.Float(digits=(16, 2), compute="_compute_difference", store=True)

    @api.depends("ledger_total", "file_total")
    def _compute_difference(self):
        for file in self:
            file.difference = round(file.ledger_total - file.file_total, 2) + 0.0

    @api.model
    def _prepare_file(self, batch, name, sections):
        """Values of a file: what is in it, read back from its bytes, beside the ledger's.

        :param list sections: ``(layout section, [documents])``
        """
        fmt = sections[0][0]._get_format()
        plain = [(section._get_section(), documents) for section, documents in sections]
        content = write_file(fmt, plain)
        records = batch._get_records()
        ledger = count = 0
        for section, documents in plain:
            count += len(documents)
            for found in batch._pick_records(records, documents):
                ledger += self.env["sercom.accounting.document"]._get_ledger_total(section, found)
        is_foreign = sections[0][0].is_by_currency
        return {
            "batch_id": batch.id,
            "name": name,
            "content": base64.b64encode(content),
            "document_count": count,
            "currency_name": sections[0][1][0]["currency"]
            if is_foreign
            else batch.company_id.currency_id.name,
            "has_total": any(column.is_total for one, _docs in plain for column in one.columns),
            "ledger_total": ledger,
            "file_total": float(read_total(content, fmt, [section for section, _docs in plain])),
        }

    def action_download(self):
        """Fetch the file, as often as one likes: its bytes stay those that were made.

        :return: action that downloads it
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/content/{self.name}?download=true",
            "target": "download",
        }
