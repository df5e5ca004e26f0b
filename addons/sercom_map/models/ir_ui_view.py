from odoo import fields, models


class IrUiView(models.Model):
    """The view type *Map*: records with ``partner_latitude`` and ``partner_longitude``.

    How to use: ``<sercom_map>`` with the fields that a marker tells, the first one as its title.
    """

    _inherit = "ir.ui.view"

    type = fields.Selection(selection_add=[("sercom_map", "Map")])

    def _get_view_info(self):
        return {"sercom_map": {"icon": "fa fa-map-marker"}} | super()._get_view_info()
