from odoo import models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    def _get_part_pools(self):
        """Which stock each location of these warehouses, and of the trucks, belongs to.

        :return: ``{location id: truck's stock.location, or stock.warehouse}``
        """
        trucks = self.env["stock.location"]._get_trucks()
        views = {warehouse.view_location_id.id: warehouse for warehouse in self}
        roots = {**views, **{truck.id: truck for truck in trucks}}
        locations = (
            self.env["stock.location"]
            .sudo()  # sudo: who plans parts may not read the stock
            .with_context(active_test=False)
            .search_fetch(
                [("id", "child_of", list(roots)), ("usage", "in", ("internal", "transit"))],
                ["parent_path"],
            )
        )
        pools = {}
        for location in locations:
            path = [int(part) for part in location.parent_path.split("/")[:-1]]
            # The innermost one: a truck stands under its warehouse.
            pools[location.id] = next(roots[part] for part in reversed(path) if part in roots)
        return pools
