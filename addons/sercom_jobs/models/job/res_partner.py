from odoo import api, fields, models


class ResPartner(models.Model):
    """What is owed cannot be searched for by those who may not read it.

    Odoo checks the groups of a stored field that is searched, those of a computed one never.
    """

    _inherit = "res.partner"

    credit = fields.Monetary(search="_search_credit")
    debit = fields.Monetary(search="_search_debit")

    @api.model
    def _search_credit(self, operator, operand):
        self._check_field_access(self._fields["credit"], "read")
        return self._credit_search(operator, operand)

    @api.model
    def _search_debit(self, operator, operand):
        self._check_field_access(self._fields["debit"], "read")
        return self._debit_search(operator, operand)
