from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sercom_requests.tools.field_access import SETTINGS, merge_fields

from ...tools.document.numbers import format_tax_number, is_licence


class ResCompany(models.Model):
    """What a firm of Québec has on its letterhead."""

    _inherit = "res.company"

    rbq_licence = fields.Char(
        "RBQ Licence",
        help="Printed on quotes, contracts, invoices and reports. Empty: nothing is printed. "
        "Source: Building Act (CQLR, c. B-1.1), s. 57.1.",
    )
    is_quebec_tax_printed = fields.Boolean(
        "GST and QST Numbers on Documents",
        help="Each document shows both numbers, named as Québec names them. Source: Input Tax "
        "Credit Information (GST/HST) Regulations, s. 3; Regulation respecting the Québec sales "
        "tax (CQLR, c. T-0.1, r. 2).",
    )

    @api.model
    def _get_writable_fields(self):
        own = {"rbq_licence", "is_quebec_tax_printed"}
        return merge_fields(super()._get_writable_fields(), {SETTINGS: own})

    @api.model
    def _get_client_fields(self):
        return super()._get_client_fields() | {"rbq_licence", "is_quebec_tax_printed"}

    @api.constrains("rbq_licence")
    def _check_rbq_licence(self):
        for company in self:
            if company.rbq_licence and not is_licence(company.rbq_licence):
                raise ValidationError(
                    self.env._(
                        "%(number)s of %(company)s is no RBQ licence. Write its ten digits as "
                        "1234-5678-90.",
                        number=company.rbq_licence,
                        company=company.name,
                    )
                )

    def _get_quebec_numbers(self):
        """GST and QST numbers of this one company, as they are printed; empty where it has none."""
        self.ensure_one()
        return format_tax_number(self.vat), format_tax_number(self.l10n_ca_pst)
