from odoo import api, fields, models


class SercomAccountingTaxCode(models.Model):
    """How a program names the taxes of a line by their rates, in a company of that program.

    What the firm says itself (``sercom.accounting.code``) goes before it.
    """

    _name = "sercom.accounting.tax.code"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Program's own name of taxes"
    _order = "layout_id, rates"

    layout_id = fields.Many2one(
        "sercom.accounting.layout", "Program", required=True, ondelete="cascade", index=True
    )
    rates = fields.Char(
        required=True, help="Percentages of the taxes of a line, the lowest first: 5 + 9.975."
    )
    name = fields.Char("Code", required=True, translate=True)

    _rates_uniq = models.UniqueIndex("(layout_id, rates)", "These rates have a code already.")

    @api.model
    def _get_names(self, layout):
        """Names of taxes in a program: ``{rates: name}``."""
        codes = self.search([("layout_id", "=", layout._get_program().id)])
        return {code.rates: code.name for code in codes}

    @api.model
    def _get_rates(self, taxes):
        """The rates of the taxes of a line, as they are written here; empty where it has none."""
        flat = taxes.flatten_taxes_hierarchy()
        return " + ".join(f"{amount:g}" for amount in sorted(flat.mapped("amount")))
