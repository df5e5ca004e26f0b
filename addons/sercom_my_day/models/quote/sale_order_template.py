from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import MANAGER, merge_fields


class SaleOrderTemplate(models.Model):
    """A quotation template that a technician offers on site, as an option of the price book."""

    _name = "sale.order.template"
    _inherit = ["sale.order.template", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    price_entry_id = fields.Many2one(
        "sercom.price.entry",
        string="Price Book Entry",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="Technicians offer this template on site, beside the entry's other options.",
    )
    option_level = fields.Selection(
        [("good", "Good"), ("better", "Better"), ("best", "Best")],
        default="good",
        required=True,
    )
    option_name = fields.Char(
        "Name for the Client", translate=True, help="The template's own name, where it is empty."
    )
    option_note = fields.Text(
        "What Sets It Apart", translate=True, help="What the client reads below the option's name."
    )

    @api.model
    def _get_writable_fields(self):
        names = {"option_level", "option_name", "option_note", "price_entry_id"}
        return merge_fields(super()._get_writable_fields(), {MANAGER: names})

    def _get_option_name(self):
        self.ensure_one()
        return self.option_name or self.name
