from odoo import models
from odoo.fields import Domain

from odoo.addons.sercom_requests.tools.context import Sentinel

# Id of the truck that a transfer may take from: nobody empties a colleague's truck by a context.
OWN_TRUCK = Sentinel("own_truck")


class StockQuant(models.Model):
    """What is in a worker's truck is for that worker's jobs.

    A transfer out of the warehouse reserves nothing in the trucks that stand in it, but in the
    truck of the job's own worker (``OWN_TRUCK``), which it empties first.
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
                truck != self._get_own_truck()
                and truck != location_id
                and truck._is_inside(location_id)
            )
        )
        if others:
            domain &= ~Domain("location_id", "child_of", others.ids)
        return domain

    def _gather(self, product_id, location_id, *args, **kwargs):
        quants = super()._gather(product_id, location_id, *args, **kwargs)
        truck = self._get_own_truck()
        if truck:
            quants = quants.sorted(lambda quant: not quant.location_id._is_inside(truck))
        return quants

    def _get_own_truck(self):
        """Truck that the transfer being reserved may take from, when it has one."""
        return self.env["stock.location"].browse(OWN_TRUCK.get(self, []))
