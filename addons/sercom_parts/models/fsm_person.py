from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class FsmPerson(models.Model):
    """The worker's truck: a stock location of the firm."""

    _inherit = "fsm.person"

    truck_location_id = fields.Many2one(
        "stock.location",
        string="Truck",
        domain="[('usage', '=', 'internal'), ('company_id', 'in', allowed_company_ids)]",
        index="btree_not_null",
        copy=False,
        help="Stock location of the worker's truck. Parts of their jobs come from it when they "
        "are there, and else from the warehouse; nobody else's jobs take from it.",
    )

    @api.constrains("truck_location_id")
    def _check_truck_location(self):
        for person in self:
            truck = person.sudo().truck_location_id  # sudo: who plans may not read stock locations
            if not truck:
                continue
            if truck.usage != "internal" or not truck.company_id:
                raise ValidationError(
                    self.env._(
                        "%(truck)s cannot be the truck of %(worker)s. Choose an internal stock "
                        "location of the company.",
                        truck=truck.display_name,
                        worker=person.name,
                    )
                )
            warehouse = truck.warehouse_id
            if truck in (warehouse.lot_stock_id, warehouse.view_location_id):
                raise ValidationError(
                    self.env._(
                        "%(truck)s is the whole stock of %(warehouse)s. Make a location under it "
                        "for the truck of %(worker)s.",
                        truck=truck.display_name,
                        warehouse=warehouse.name,
                        worker=person.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        persons = super().create(vals_list)
        if any(vals.get("truck_location_id") for vals in vals_list):
            self.env.registry.clear_cache()
        return persons

    def write(self, vals):
        res = super().write(vals)
        if "truck_location_id" in vals:
            self.env.registry.clear_cache()
        return res

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def action_create_truck(self):
        """Give each worker of the set without a truck a location under the warehouse's stock.

        :raises UserError: when the company has no warehouse
        """
        self.check_access("write")
        warehouse = (
            self.env["stock.warehouse"]
            .sudo()  # sudo: who manages workers reads no stock, and makes no other location
            .search([("company_id", "=", self.env.company.id)], limit=1)
        )
        if not warehouse:
            raise UserError(
                self.env._(
                    "%s has no warehouse. Make one in Inventory first.", self.env.company.name
                )
            )
        for person in self.filtered(lambda person: not person.truck_location_id):
            person.truck_location_id = warehouse.env["stock.location"].create(
                {
                    "name": self.env._("Truck of %s", person.name),
                    "location_id": warehouse.lot_stock_id.id,
                    "usage": "internal",
                    "company_id": self.env.company.id,
                }
            )
        return True
