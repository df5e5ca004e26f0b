from odoo import api, models, tools


class StockLocation(models.Model):
    _inherit = "stock.location"

    @api.model
    def _get_trucks(self):
        """Locations that are workers' trucks, of all companies."""
        # sudo: trucks of all companies are left out of other stock
        return self.sudo().browse(self._get_truck_ids())

    @api.model
    @tools.ormcache()
    def _get_truck_ids(self):
        # sudo: trucks of all companies are left out of other stock
        persons = self.env["fsm.person"].sudo().with_context(active_test=False)
        found = persons._read_group([("truck_location_id", "!=", False)], ["truck_location_id"])
        return tuple(location.id for (location,) in found)

    def unlink(self):
        res = super().unlink()
        self.env.registry.clear_cache()  # a truck, or what a truck stood in
        return res

    def _is_inside(self, other):
        """Whether this one location is ``other`` or a part of it."""
        return self.parent_path.startswith(other.parent_path)
