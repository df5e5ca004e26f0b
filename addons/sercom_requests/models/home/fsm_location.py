from odoo import api, fields, models

from ...tools.field_access import leave_parents_defaults
from ...tools.home.place import tell_place


class FsmLocation(models.Model):
    """A site is told by its name and its street: two sites of a client may be called alike."""

    _name = "fsm.location"
    _inherit = ["fsm.location", "sercom.history.mixin"]
    _rec_names_search = ["complete_name", "street", "city"]

    # The sites of a client are asked for at every call.
    owner_id = fields.Many2one(string="Client", index=True)
    contact_id = fields.Many2one(string="Contact on Site")
    direction = fields.Html(string="Access Notes")
    notes = fields.Html(string="Notes on the Site")
    calendar_id = fields.Many2one(string="Opening Hours")
    parent_id = fields.Many2one(string="Part of")

    @api.model
    def default_get(self, fields):
        return leave_parents_defaults(self, super().default_get(fields))

    @api.depends("complete_name", "street", "street2")
    def _compute_display_name(self):
        for site in self:
            site.display_name = tell_place(site.complete_name, site.street, site.street2)

    @api.model
    def _get_history_sources(self):
        sources = super()._get_history_sources()
        for source in sources.values():
            source["link"] = "fsm_location_id"
        return sources
