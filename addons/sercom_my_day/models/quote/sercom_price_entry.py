from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sercom_requests.tools.field_access import MANAGER

MAX_FOUND = 40


class SercomPriceEntry(models.Model):
    """An entry of the price book: one need, and up to three quotation templates that meet it.

    How to use: an option is a quotation template of Odoo with a level (good, better, best); its
    lines are what the client gets, at the prices of their own price list.
    """

    _name = "sercom.price.entry"
    _description = "Price book entry"
    _inherit = "sercom.field.access.mixin"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    description = fields.Text(
        translate=True, help="What the client reads above the options, on the technician's phone."
    )
    categ_id = fields.Many2one("product.category", string="Category", index="btree_not_null")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, index="btree_not_null"
    )
    option_ids = fields.One2many(
        "sale.order.template", "price_entry_id", string="Options", check_company=True
    )

    @api.model
    def _get_writable_fields(self):
        names = {"name", "description", "categ_id", "sequence", "active", "company_id"}
        return {MANAGER: names | {"option_ids"}}

    @api.model
    def _find(self, company, text="", categ_id=None):
        """Entries with all the words of a search, that have an option; at most ``MAX_FOUND``.

        :param company: whose price book it is
        """
        domain = Domain("company_id", "in", (False, company.id)) & Domain("option_ids", "!=", False)
        if categ_id:
            domain &= Domain("categ_id", "=", categ_id)
        places = ("name", "description", "categ_id.name", "option_ids.option_name")
        for word in text.split():
            domain &= Domain.OR(Domain(place, "ilike", word) for place in places)
        return self.search(domain, limit=MAX_FOUND)

    def _get_options(self):
        """Options of this one entry, good first; of one level, the first."""
        self.ensure_one()
        levels = dict.fromkeys(self.option_ids._fields["option_level"].get_values(self.env))
        for option in self.option_ids:
            levels[option.option_level] = levels.get(option.option_level) or option
        return self.option_ids.browse(option.id for option in levels.values() if option)
