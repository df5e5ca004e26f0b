from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sercom_requests.tools.field_access import BILLING

from ..tools.layout import Column

# What the ledger knows to add up.
CERTIFIED = {"amount", "credit", "debit", "home_amount", "home_total", "total"}


class SercomAccountingLayoutColumn(models.Model):
    """One column: a value of the record or of its line, or a text that is always the same."""

    _name = "sercom.accounting.layout.column"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Column of a layout"
    _order = "sequence, id"
    _company_path = "section_id.layout_id.company_id"

    section_id = fields.Many2one(
        "sercom.accounting.layout.section", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Heading")
    row_part = fields.Selection(
        [("head", "Client's Row"), ("document", "Record's Row"), ("line", "Line's Row")],
        required=True,
        default="line",
        help="The row that this column is in; CSV has one kind of rows.",
    )
    value = fields.Selection(
        [
            ("number", "Number"),
            ("date", "Date"),
            ("due_date", "Due Date"),
            ("service_date", "Service Date"),
            ("terms", "Payment Terms"),
            ("memo", "Memo"),
            ("reference", "Reference"),
            ("journal", "Journal"),
            ("currency", "Currency"),
            ("exchange_rate", "Exchange Rate"),
            ("total", "Total"),
            ("home_total", "Total in the Company's Currency"),
            ("payment_type", "Payment or Check, for IIF"),
            ("paid_numbers", "Invoices Paid"),
            ("line_count", "Number of Lines"),
            ("account", "Account"),
            ("account_code", "Account Number"),
            ("account_name", "Account Name"),
            ("item", "Item"),
            ("item_code", "Item Reference"),
            ("item_type", "Item Type"),
            ("item_kind", "Item Type, in Words"),
            ("description", "Description"),
            ("quantity", "Quantity"),
            ("rate", "Unit Price before Taxes"),
            ("amount", "Amount before Taxes"),
            ("home_quantity", "Quantity, Negative on a Credit Note"),
            ("split_quantity", "Quantity, Negative on an Invoice (IIF)"),
            ("home_rate", "Unit Price in the Company's Currency"),
            ("home_amount", "Amount in the Company's Currency"),
            ("tax_code", "Tax Code"),
            ("taxes", "Taxes: Name, Included, Refundable, Rate, Amount"),
            ("balance", "Balance, Debit Positive"),
            ("debit", "Debit"),
            ("credit", "Credit"),
            ("foreign_balance", "Balance in the Document's Currency"),
            ("client", "Client"),
            ("contact", "Contact"),
            ("company", "Company Name"),
            ("street", "Street"),
            ("street2", "Street 2"),
            ("city", "City"),
            ("province", "Province"),
            ("zip", "Postal Code"),
            ("country", "Country"),
            ("phone", "Phone"),
            ("email", "Email"),
        ],
    )
    text = fields.Char("Fixed Text", help="Written as it is, where no value is chosen.")
    width = fields.Integer(help="The most characters that the program takes. Zero: any number.")
    is_total = fields.Boolean(
        "Certified", help="The certificate compares the sum of this column with the ledger."
    )

    @api.constrains("is_total", "value")
    def _check_is_total(self):
        for column in self:
            if column.is_total and column.value not in CERTIFIED:
                raise ValidationError(
                    self.env._(
                        "%s: the ledger has no such total. Certify a total, an amount, the "
                        "debit or the credit.",
                        column.name or column.section_id.file_name,
                    )
                )

    @api.model
    def _get_writable_fields(self):
        names = ("section_id", "sequence", "name", "row_part", "value", "text", "width", "is_total")
        return {BILLING: set(names)}

    def _get_column(self):
        self.ensure_one()
        texts = (self.name or "", self.value or "", self.text or "")
        return Column(*texts, self.row_part, self.width, self.is_total)
