from odoo import api, fields, models

from ...tools.home.place import tell_place


class FsmLocation(models.Model):
    """A site is told by its name and its street: two sites of a client may be called alike."""

    _inherit = "fsm.location"
    _rec_names_search = ["complete_name", "street", "city"]

    owner_id = fields.Many2one(index=True)  # the sites of a client are asked for at every call

    @api.depends("complete_name", "street", "street2")
    def _compute_display_name(self):
        for site in self:
            site.display_name = tell_place(site.complete_name, site.street, site.street2)
