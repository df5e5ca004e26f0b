from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import BILLING


class SercomAccountingCode(models.Model):
    """What an account, or the taxes of a line, are called in the bookkeeper's program."""

    _name = "sercom.accounting.code"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Code in the bookkeeper's program"
    _order = "code, id"
    _rec_name = "code"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    code = fields.Char(required=True, help="As it is written there, to the letter.")
    account_id = fields.Many2one("account.account", check_company=True, index="btree_not_null")
    tax_ids = fields.Many2many(
        "account.tax",
        string="Taxes",
        check_company=True,
        domain=[("type_tax_use", "=", "sale")],
        help="All the taxes of a line together. None and no account either: lines without taxes.",
    )

    _account_uniq = models.UniqueIndex(
        "(company_id, account_id) WHERE account_id IS NOT NULL",
        "This account has a code already.",
    )

    @api.model
    def _get_writable_fields(self):
        return {BILLING: {"account_id", "code", "company_id", "tax_ids"}}

    @api.model
    def _get_codes(self, company):
        """Codes of a company.

        :return: ``({account: code}, {frozenset of tax ids: code})``
        """
        codes = self.search([("company_id", "=", company.id)], order="id desc")
        return (
            {code.account_id: code.code for code in codes if code.account_id},
            {frozenset(code.tax_ids.ids): code.code for code in codes if not code.account_id},
        )
