from odoo import api, models

from odoo.addons.sercom_requests.tools.wording import format_number


class SercomPhoneAction(models.Model):
    """Parts in the words of who decides: their name, not their number."""

    _inherit = "sercom.phone.action"

    @api.model
    def _get_kind_names(self):
        return {
            **super()._get_kind_names(),
            "part": self.env._("Parts used, in total"),
            "part_add": self.env._("Part used"),
        }

    @api.model
    def _get_content_names(self):
        return {
            **super()._get_content_names(),
            "quantity": self.env._("Quantity"),
            "lot_name": self.env._("Serial or Lot Number"),
        }

    def _get_content_words(self, key, value):
        product_id = (self.content or {}).get("product_id")
        if key == "name" and isinstance(product_id, int):
            # What will be used, whatever the phone calls it.
            part = self.env["product.product"].browse(product_id).exists()
            return part.display_name or super()._get_content_words(key, value)
        if key == "quantity":
            return format_number(self.env, float(value or 0.0))
        return super()._get_content_words(key, value)
