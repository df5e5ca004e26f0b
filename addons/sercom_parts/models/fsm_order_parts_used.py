from odoo import Command, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .sale_order_line import OPEN_MOVES


class FsmOrder(models.Model):
    """Parts used on site: out of the worker's truck, onto the job's line, delivered.

    How it works: what the client got of a part is what the done transfers of the job's lines
    say, whoever made them. Using more takes the transfer that the line waits for (the line is
    raised when there is none left), moves it to start from the truck and does it; using less
    returns it to the truck. So a part that the warehouse handed over is not delivered twice, and
    the same call again changes nothing.
    """

    _inherit = "fsm.order"

    def action_use_part(self, product_id, quantity, lot_name=None):
        """Set how much of a part this job has used; less than before goes back to the truck.

        :param int product_id: ``product.product`` id
        :param float quantity: used in all, in the product's unit; with a lot, of this lot
        :param str lot_name: lot or serial number, asked for when the product is tracked
        :return: dict ``product_id``, ``quantity`` (used on this job in all), ``lot_name``,
            ``sold_quantity``, ``truck_quantity`` and ``unit``
        :raises UserError: when the job is closed, the part is not sold, its lot or serial number
            is not the truck's, or what would be given back is invoiced
        """
        self.ensure_one()
        self.check_access("write")
        product = self.env["product.product"].browse(product_id).exists()
        self._check_can_use(product, quantity)
        self._lock_for_conversion()
        self._ensure_orders()
        # sudo: who may write the job uses parts; stock and order follow
        job = self.sudo().with_company(self.company_id)
        product = product.with_env(job.env)
        truck = job._get_truck_of_user(self.env.user)
        lot = job._find_lot(product, lot_name, quantity)
        change = product.uom_id.round(quantity - job._get_used_parts(product, lot).get(product, 0))
        if product.uom_id.compare(change, 0.0) > 0:
            self._take_part(product, change, lot, truck)
        elif product.uom_id.compare(change, 0.0) < 0:
            job._give_part_back(product, -change, lot, truck)
        unit = product.uom_id
        lines = job._get_part_lines(product)
        return {
            "product_id": product.id,
            "quantity": job._get_used_parts(product).get(product, 0.0),
            "lot_name": lot.name or "",
            "sold_quantity": sum(
                line.product_uom_id._compute_quantity(line.product_uom_qty, unit, round=False)
                for line in lines
            ),
            "truck_quantity": sum(job._read_truck(product, truck).values()),
            "unit": unit.with_context(lang=self.env.user.lang).name,
        }

    def action_add_part(self, product_id, quantity, lot_name=None):
        """Use more of a part on this job, whatever it has used before; see ``action_use_part``.

        :param float quantity: how much more, in the product's unit
        :raises UserError: also when it is not more
        """
        self.ensure_one()
        self.check_access("write")
        product = self.env["product.product"].browse(product_id).exists()
        self._check_can_use(product, quantity)
        if not quantity:
            raise UserError(self.env._("%s: type how many were used.", product.display_name))
        self._lock_for_conversion()  # what was used so far is read, and then added to
        job = self.sudo()  # sudo: what the job has used, for technicians who read no stock
        lot = job._find_lot(product.with_env(job.env), lot_name, 1)
        used = job._get_used_parts(product.with_env(job.env), lot).get(product, 0.0)
        return self.action_use_part(product_id, used + quantity, lot_name=lot_name)

    # Checks

    def _check_can_use(self, product, quantity):
        if self.state == "cancelled":
            raise UserError(
                self.env._(
                    "%s is cancelled: no part can be used on it. Reopen it, or have the office do "
                    "so.",
                    self.name,
                )
            )
        if self._is_readonly():
            raise UserError(
                self.env._(
                    "The parts of %s can no longer be changed here. Ask the office.", self.name
                )
            )
        fit = product.sale_ok and product.type == "consu"
        if not fit or product.company_id.id not in (self.company_id.id, False):
            raise UserError(
                self.env._(
                    "%s is not a part that we sell. Ask the office.",
                    product.display_name or self.env._("This product"),
                )
            )
        self._check_quantity(product, quantity)
        if quantity < 0:
            raise UserError(
                self.env._("%s: type how many were used, 0 for none.", product.display_name)
            )

    def _find_lot(self, product, name, quantity):
        """Lot or serial number ``name`` of ``product``; none when it is not tracked."""
        name = (name or "").strip()
        Lot = self.env["stock.lot"]
        if not product.is_storable or product.tracking == "none":
            return Lot
        if not name:
            raise UserError(
                self.env._(
                    "%s is followed by lot or serial number. Scan or type the one you used.",
                    product.display_name,
                )
            )
        lot = Lot.search(
            [
                ("name", "=", name),
                ("product_id", "=", product.id),
                ("company_id", "in", (self.company_id.id, False)),
            ],
            limit=1,
        )
        if not lot:
            raise UserError(
                self.env._(
                    "There is no “%(lot)s” of %(product)s. Check the number, or ask the office.",
                    lot=name,
                    product=product.display_name,
                )
            )
        if product.tracking == "serial" and quantity not in (0, 1):
            raise UserError(
                self.env._(
                    "“%(lot)s” is one %(product)s: use it once, or 0 to give it back.",
                    lot=name,
                    product=product.display_name,
                )
            )
        return lot

    # Used

    def _take_part(self, product, quantity, lot, truck):
        """Deliver ``quantity`` of ``product`` from ``truck``; the user's own job, not sudo."""
        # sudo: who may write the job uses parts; stock and order follow
        job = self.sudo().with_company(self.company_id)
        sources = job._get_part_sources(product, quantity, lot, truck)
        pending = job._get_pending_moves(product)
        missing = quantity - sum(pending.mapped("product_qty"))
        if product.uom_id.compare(missing, 0.0) > 0:
            job._sell_used_part(product, missing)
            pending = job._get_pending_moves(product)
        if product.uom_id.compare(sum(pending.mapped("product_qty")), quantity) < 0:
            raise UserError(
                self.env._(
                    "%(product)s cannot be delivered on %(job)s. Ask the office to check the "
                    "order %(order)s.",
                    product=product.display_name,
                    job=self.name,
                    order=job.sale_id.name,
                )
            )
        picking = job._make_truck_picking(truck, pending[:1])
        moves, rest = job._split_moves(pending, quantity, picking)
        moves.filtered(lambda move: move.state == "draft")._action_confirm(merge=False)
        job._fill_moves(moves, sources, lot)
        moves._action_done()
        rest.filtered(lambda move: move._should_assign_at_confirm())._action_assign()

    def _get_pending_moves(self, product):
        """Transfers to the client that this one job waits for and that nobody has begun."""
        moves = self._get_part_lines(product).move_ids
        return moves.filtered(
            lambda move: (
                move.state in OPEN_MOVES
                and not move.picked
                and move.location_id.usage == "internal"
                and (move.location_final_id or move.location_dest_id)._is_outgoing()
            )
        ).sorted("id")

    def _sell_used_part(self, product, quantity):
        """Have the line of this one job, in sudo, sell ``quantity`` more, as the catalog would.

        What was used is sold, whoever sold the rest; ``qty_added_on_site`` tells it apart.
        """
        line = self._get_part_lines(product)[:1]
        unit = line.product_uom_id or product.uom_id
        more = product.uom_id._compute_quantity(quantity, unit)
        self._update_order_line_info(product.id, line.product_uom_qty + more)
        line = line or self._get_part_lines(product)[:1]
        line.qty_added_on_site += more

    def _get_part_sources(self, product, quantity, lot, truck):
        """Where ``quantity`` of ``product`` comes from: ``[(place, quantity)]``.

        The truck first, then the warehouse. What neither counts was there all the same, as it
        was used: the truck goes below zero, for the storekeeper to see.
        """
        stock = self.sale_id.warehouse_id.lot_stock_id
        if not product.is_storable:
            return [(truck or stock, quantity)]
        own = self._read_stock(product, Domain("location_id", "child_of", truck.ids), lot)
        if lot:
            self._check_lot_in_truck(product, lot, quantity, sum(own.values()), truck)
        others = self.env["stock.location"]._get_trucks().ids
        shelf = Domain("location_id", "child_of", stock.ids)
        shelf &= ~Domain("location_id", "child_of", others)
        sources, left = [], quantity
        for quantities in (own, {} if lot else self._read_stock(product, shelf)):
            for (_product, _lot, place), on_hand in quantities.items():
                taken = min(max(on_hand, 0.0), left)
                if product.uom_id.compare(taken, 0.0) > 0:
                    sources.append((place, taken))
                    left -= taken
        if product.uom_id.compare(left, 0.0) > 0:
            sources.append((truck or stock, left))
        return sources

    def _check_lot_in_truck(self, product, lot, quantity, on_hand, truck):
        if product.uom_id.compare(on_hand, quantity) >= 0:
            return
        names = {
            "product": product.display_name,
            "lot": lot.name,
            "truck": truck.display_name or self.env._("a truck: none is set for you"),
        }
        if product.uom_id.compare(on_hand, 0.0) > 0:
            raise UserError(
                self.env._(
                    "Only %(count)s of lot “%(lot)s” of %(product)s in %(truck)s.",
                    count=on_hand,
                    **names,
                )
            )
        places = lot.quant_ids.filtered(lambda quant: quant.quantity > 0).location_id
        if places.filtered(lambda place: place._is_outgoing()):
            rows = self.env["stock.move.line"].search(
                [("lot_id", "=", lot.id), ("state", "=", "done")], order="date desc, id desc"
            )
            job = rows.filtered(lambda row: row.location_dest_id._is_outgoing())[
                :1
            ].move_id.sale_line_id.fsm_order_id
            raise UserError(
                self.env._(
                    "“%(lot)s” of %(product)s is already used%(where)s, and no longer in "
                    "%(truck)s. Check the number.",
                    where=self.env._(" on %s", job.name) if job else "",
                    **names,
                )
            )
        raise UserError(
            self.env._(
                "“%(lot)s” of %(product)s is not in %(truck)s%(where)s. Check the number, or ask "
                "the office to move it.",
                where=self.env._(", but in %s", places[0].display_name) if places else "",
                **names,
            )
        )

    def _make_truck_picking(self, truck, move):
        warehouse = self.sale_id.warehouse_id
        customer = move.location_final_id or move.location_dest_id
        return self.env["stock.picking"].create(
            {
                "picking_type_id": warehouse.out_type_id.id,
                "partner_id": self.sale_id.partner_shipping_id.id,
                "location_id": (truck or warehouse.lot_stock_id).id,
                "location_dest_id": customer.id,
                "origin": self.name,
                "company_id": self.company_id.id,
                "user_id": False,
            }
        )

    def _split_moves(self, pending, quantity, picking):
        """Put ``quantity`` of the waiting transfers into ``picking``.

        :return: ``(moves of the picking, moves that go on waiting)``
        """
        moves = rest = self.env["stock.move"]
        emptied = pending.picking_id
        for move in pending:
            if move.product_id.uom_id.compare(quantity, 0.0) <= 0:
                break
            taken = min(quantity, move.product_qty)
            quantity -= taken
            move._do_unreserve()
            part = move
            if move.product_id.uom_id.compare(taken, move.product_qty) < 0:
                part = move.create(move._split(taken))
                rest |= move
            part.write(
                {
                    "picking_id": picking.id,
                    "picking_type_id": picking.picking_type_id.id,
                    "location_id": picking.location_id.id,
                    "location_dest_id": picking.location_dest_id.id,
                    "procure_method": "make_to_stock",
                    "move_orig_ids": [Command.clear()],
                    "move_dest_ids": [Command.clear()],
                }
            )
            moves |= part
        emptied.filtered(lambda transfer: not transfer.move_ids).unlink()
        return moves, rest

    def _fill_moves(self, moves, sources, lot):
        """Say where each of ``moves`` takes its quantity, and of which lot."""
        sources = list(sources)
        for move in moves:
            left = move.product_qty
            move.move_line_ids.unlink()
            while sources and move.product_id.uom_id.compare(left, 0.0) > 0:
                place, available = sources.pop(0)
                taken = min(left, available)
                left -= taken
                if move.product_id.uom_id.compare(available, taken) > 0:
                    sources.insert(0, (place, available - taken))
                self.env["stock.move.line"].create(
                    {
                        **move._prepare_move_line_vals(quantity=taken),
                        "location_id": place.id,
                        "lot_id": lot.id,
                        "picked": True,
                    }
                )
            move.picked = True
