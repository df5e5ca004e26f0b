from odoo import api, models


class UomUom(models.Model):
    _inherit = "uom.uom"

    @api.model
    def _get_hour(self):
        """The hour: units that convert to it are sold by time. Not asked of the database."""
        return self.browse(
            self.env["ir.model.data"]._xmlid_to_res_id(
                "uom.product_uom_hour", raise_if_not_found=True
            )
        )
