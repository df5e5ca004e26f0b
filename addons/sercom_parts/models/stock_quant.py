from odoo import models
from odoo.fields import Domain


class StockQuant(models.Model):
    """What is in a worker's truck is for that worker's jobs.

    A transfer out of the warehouse reserves nothing in the trucks that stand in it, but in the
    truck of the job's own worker (context ``own_truck_id``), which it empties first.
    """

    _inherit = "stock.quant"

    def _get_gather_domain(
        self,
        product_id,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
    ):
        domain = super()._get_gather_domain(
            product_id, location_id, lot_id, package_id, owner_id, strict
        )
        if strict or not location_id._get_truck_ids():
            return domain
        others = location_id._get_trucks().filtered(
            lambda truck: (
                truck.id != self.env.context.get("own_truck_id")
                and truck != location_id
                and truck._is_inside(location_id)
            )
        )
        if others:
            domain &= ~Domain("location_id", "child_of", others.ids)
        return domain

    def _gather(self, product_id, location_id, *args, **kwargs):
        quants = super()._gather(product_id, location_id, *args, **kwargs)
        truck = self.env["stock.location"].browse(self.env.context.get("own_truck_id"))
        if truck:
            quants = quants.sorted(lambda quant: not quant.location_id._is_inside(truck))
        return quants
