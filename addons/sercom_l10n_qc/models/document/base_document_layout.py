from odoo import fields, models


class BaseDocumentLayout(models.TransientModel):
    """The preview of the letterhead reads this record where documents read the company."""

    _inherit = "base.document.layout"

    rbq_licence = fields.Char(related="company_id.rbq_licence")
    is_quebec_tax_printed = fields.Boolean(related="company_id.is_quebec_tax_printed")

    def _get_quebec_numbers(self):
        return self.company_id._get_quebec_numbers()
