from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sercom_jobs.models.job.fsm_order import OPEN_STATES
from odoo.addons.sercom_requests.tools.field_access import readers_only

from ..tools.parts import Change, Need, needed_after_pickup, quantity_to_order, share_parts

OPEN_MOVES = ("waiting", "confirmed", "partially_available", "assigned")
PART_FIELDS = {
    "qty_on_truck": "truck",
    "qty_in_warehouse": "warehouse",
    "qty_forecast_start": "forecast",
    "qty_on_order": "on_order",
    "qty_short": "short",
    "qty_to_order": "to_order",
}


class SaleOrderLine(models.Model):
    """The job's parts: what is there for them, what will be, and what is missing.

    How it works: a product's stock is shared among all the open jobs that need it, by
    ``tools.parts.share_parts``. A truck is a stock of its own; the warehouse's is all that is
    in it, in no truck. Everything is read for all lines at once.
    """

    _inherit = "sale.order.line"

    # A technician reads the lines of their jobs, and not the transfers that decide.
    product_updatable = fields.Boolean(compute_sudo=True)
    part_source = fields.Selection(
        [("truck", "Truck"), ("warehouse", "Warehouse"), ("both", "Truck and Warehouse")],
        string="Taken From",
        compute="_compute_parts",
        compute_sudo=True,
        groups="base.group_user",
        help="Where the job's part comes from: the truck of its worker when it is there.",
    )
    qty_on_truck = fields.Float(
        "On Truck",
        compute="_compute_parts",
        compute_sudo=True,
        groups="base.group_user",
        digits="Product Unit",
        help="On hand now in the truck of the job's worker.",
    )
    qty_in_warehouse = fields.Float(
        "In Warehouse",
        compute="_compute_parts",
        compute_sudo=True,
        groups="base.group_user",
        digits="Product Unit",
        help="On hand now in the warehouse, the trucks left out.",
    )
    qty_forecast_start = fields.Float(
        "At Start",
        compute="_compute_parts",
        compute_sudo=True,
        groups="base.group_user",
        digits="Product Unit",
        help="What this job can have at its planned start: on hand and expected by then, after "
        "the jobs that start earlier got theirs.",
    )
    qty_on_order = fields.Float(
        "On Order",
        compute="_compute_parts",
        compute_sudo=True,
        groups="base.group_user",
        digits="Product Unit",
        help="On the job's purchase orders and not received yet, drafts included.",
    )
    qty_short = fields.Float(
        "Short",
        compute="_compute_parts",
        search="_search_qty_short",
        compute_sudo=True,
        groups="base.group_user",
        digits="Product Unit",
        help="Needed, less delivered, less what will be there at the job's planned start. Of "
        "two jobs that need the same part, the one that starts earlier gets it.",
    )
    qty_to_order = fields.Float(
        "To Order",
        compute="_compute_parts",
        search="_search_qty_to_order",
        compute_sudo=True,
        groups="base.group_user",
        digits="Product Unit",
        help="Short, and not on an order of the job yet.",
    )

    @api.depends(
        "product_id",
        "product_uom_id",
        "product_uom_qty",
        "qty_delivered",
        "warehouse_id",
        "fsm_order_id.state",
        "fsm_order_id.scheduled_date_start",
        "fsm_order_id.person_id.truck_location_id",
    )
    def _compute_parts(self):
        plans = self._get_part_plans()
        for line in self:
            plan = plans.get(line._origin, {})
            line.part_source = plan.get("source", False)
            for name, key in PART_FIELDS.items():
                line[name] = plan.get(key, 0.0)

    @readers_only
    def _search_qty_short(self, operator, value):
        return self._search_part_quantity("short", operator, value)

    @readers_only
    def _search_qty_to_order(self, operator, value):
        return self._search_part_quantity("to_order", operator, value)

    def _search_part_quantity(self, key, operator, value):
        if operator != ">" or value:
            return NotImplemented
        # sudo: stock behind lines, which are filtered by the user's rules
        plans = self.sudo().search(self._get_open_parts_domain())._get_part_plans()
        return [("id", "in", [line.id for line, plan in plans.items() if plan[key] > 0])]

    @api.model
    def _get_open_parts_domain(self):
        """Lines of open jobs whose product is kept in stock."""
        return (
            Domain("state", "=", "sale")
            & Domain("fsm_order_id.state", "in", OPEN_STATES)
            & Domain("product_id.is_storable", "=", True)
            & Domain("company_id", "in", self.env.companies.ids)
        )

    # Plan

    def _get_part_plans(self):
        """What each line needs, finds and misses, in the line's unit.

        Parts that are not kept in stock (no quantity is known of them), services, and lines of
        closed jobs have no plan.

        :return: ``{line: {"source", "truck", "warehouse", "forecast", "on_order", "short",
            "to_order"}}``
        """
        lines = self.sudo().filtered(  # sudo: stock behind lines, for who reads no stock
            lambda line: (
                line.product_id.is_storable
                and line.state == "sale"
                and line.fsm_order_id.state in OPEN_STATES
            )
        )
        if not lines._origin:
            return {}
        lines = lines._origin
        rivals = lines | lines.search(
            Domain("state", "=", "sale")
            & Domain("fsm_order_id.state", "in", OPEN_STATES)
            & Domain("product_id", "in", lines.product_id.ids)
            & Domain("company_id", "in", lines.company_id.ids)
        )
        stock = rivals._get_part_stock()
        on_order = rivals._get_parts_on_order()
        spare = rivals._get_spare_drafts()
        plans = {}
        for product, group in rivals.grouped("product_id").items():
            plans.update(group._plan_product(product, stock, on_order, spare))
        return {line: plans[line] for line in lines}

    def _get_spare_drafts(self):
        """What is being asked of vendors for no job, such as by a reordering rule.

        :return: ``{(product, company): quantity}``, in the product's unit
        """
        lines = self.env["purchase.order.line"]._read_group(
            Domain("product_id", "in", self.product_id.ids)
            & Domain("state", "in", ("draft", "sent", "to approve"))
            & Domain("fsm_order_id", "=", False),
            ["product_id", "company_id"],
            ["product_uom_qty:sum"],
        )
        return {(product, company): quantity for product, company, quantity in lines}

    def _plan_product(self, product, stock, on_order, spare):
        """Plans of all the open lines of one product.

        :param dict spare: ``_get_spare_drafts``; what covers a line is taken off it
        """
        on_hand, changes = stock[product]
        now = fields.Datetime.now()
        lines = self.sorted(lambda line: (line.fsm_order_id.id, line.id))
        needs = []
        for line in lines:
            start = line.fsm_order_id.scheduled_date_start
            needs.append(
                Need(
                    key=line,
                    job=line.fsm_order_id,
                    quantity=line._get_quantity_left(),
                    start=max(start, now) if start else None,
                    pools=line._get_part_pools(),
                )
            )
        shares = share_parts(needs, on_hand, changes)
        # What was ordered for the job and comes too late covers its shortage, once.
        coming = defaultdict(float)
        for line in lines:
            coming[line.fsm_order_id] += on_order[line]
        for need in needs:
            coming[need.job] -= shares[need.key].own
        plans = {}
        for need in needs:
            share, line = shares[need.key], need.key
            to_order = quantity_to_order(share.short, coming[need.job])
            coming[need.job] -= share.short - to_order
            drafts = (product, line.company_id)
            covered = min(to_order, spare.get(drafts, 0.0))
            if covered:
                spare[drafts] -= covered
                to_order -= covered
            warehouse = need.pools[-1]
            quantities = {
                "truck": on_hand.get(need.pools[0], 0.0) if len(need.pools) > 1 else 0.0,
                "warehouse": on_hand.get(warehouse, 0.0),
                "forecast": share.forecast,
                "on_order": on_order[line],
                "short": share.short,
                "to_order": to_order,
            }
            plans[line] = {
                key: line._to_line_unit(quantity, product) for key, quantity in quantities.items()
            }
            taken = {"warehouse" if pool == warehouse else "truck" for pool in share.taken}
            if share.own:
                taken.add("warehouse")
            plans[line]["source"] = "both" if len(taken) > 1 else next(iter(taken), False)
        return plans

    def _to_line_unit(self, quantity, product):
        converted = product.uom_id._compute_quantity(quantity, self.product_uom_id, round=False)
        return self.product_uom_id.round(converted, rounding_method="HALF-UP")

    def _get_quantity_left(self):
        """Quantity of this one line that is not delivered yet, in the product's unit."""
        left = max(self.product_uom_qty - self.qty_delivered, 0.0)
        return self.product_uom_id._compute_quantity(left, self.product_id.uom_id, round=False)

    def _get_part_pools(self):
        """Stocks that this one line takes from, the first one first."""
        truck = self.fsm_order_id._get_truck()
        return (*truck, self.warehouse_id)

    def _get_part_stock(self):
        """What is and what will be in the trucks and warehouses of the lines' companies.

        :return: ``{product: ({pool: quantity}, [Change])}``; a pool is a ``stock.location``
            (truck) or a ``stock.warehouse``
        """
        pools = self.warehouse_id._get_part_pools()
        products = self.product_id
        on_hand = {product: defaultdict(float) for product in products}
        for product, location, quantity in self.env["stock.quant"]._read_group(
            [("product_id", "in", products.ids), ("location_id", "in", list(pools))],
            ["product_id", "location_id"],
            ["quantity:sum"],
        ):
            on_hand[product][pools[location.id]] += quantity
        changes = {product: [] for product in products}
        for move in self._search_part_moves(list(pools)):
            source = pools.get(move.location_id.id)
            target = pools.get(move.location_dest_id.id)
            if source == target and source is not None:
                continue
            bought = move.purchase_line_id
            job = bought.fsm_order_id
            date = bought.date_planned or move.date  # the day the vendor says now
            if source is not None and move._is_other_use(self):
                changes[move.product_id].append(Change(source, -move.product_qty, date))
            if target is not None or (job and source is None):
                changes[move.product_id].append(Change(target, move.product_qty, date, job or None))
        return {product: (on_hand[product], changes[product]) for product in products}

    def _search_part_moves(self, location_ids):
        """Open moves into or out of the stocks, and those bought for the lines' jobs."""
        return self.env["stock.move"].search_fetch(
            Domain("product_id", "in", self.product_id.ids)
            & Domain("state", "in", OPEN_MOVES)
            & (
                Domain("location_id", "in", location_ids)
                | Domain("location_dest_id", "in", location_ids)
                | Domain("purchase_line_id.fsm_order_id", "in", self.fsm_order_id.ids)
            ),
            [
                "product_id",
                "product_qty",
                "date",
                "location_id",
                "location_dest_id",
                "sale_line_id",
                "purchase_line_id",
            ],
        )

    def _get_parts_on_order(self):
        """Quantity of each line on open purchase orders of its job, in the product's unit."""
        first = {}
        for line in self.sorted("id"):
            first.setdefault((line.fsm_order_id, line.product_id), line)
        quantities = dict.fromkeys(self, 0.0)
        for bought in self.env["purchase.order.line"].search(
            [
                ("fsm_order_id", "in", self.fsm_order_id.ids),
                ("product_id", "in", self.product_id.ids),
                ("state", "!=", "cancel"),
            ]
        ):
            line = bought.sale_line_id
            if line not in quantities:
                line = first.get((bought.fsm_order_id, bought.product_id))
            if line:
                quantities[line] += bought._get_open_quantity()
        return quantities

    # Picked up at a counter

    def _sell_picked_up(self, quantity, received):
        """Have these lines of one job and product sell what was picked up beyond them.

        :param float quantity: picked up, in the product's unit
        :param float received: bought for the job and received before
        """
        product, line = self.product_id, self[:1]
        needed, delivered = (
            sum(
                part.product_uom_id._compute_quantity(part[name], product.uom_id, round=False)
                for part in self
            )
            for name in ("product_uom_qty", "qty_delivered")
        )
        after = needed_after_pickup(needed, delivered, received, quantity)
        if product.uom_id.compare(after, needed) > 0:
            line.product_uom_qty += product.uom_id._compute_quantity(
                after - needed, line.product_uom_id
            )

    # Fewer parts needed than ordered

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if "product_uom_qty" in vals:
            lines = self.filtered("fsm_order_id")
            before["needed"] = {line: line.product_uom_qty for line in lines}
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        needed = before.get("needed", {})
        fewer = [line.id for line, quantity in needed.items() if line.product_uom_qty < quantity]
        # sudo: who buys is told, whoever sells less
        self.browse(fewer).sudo()._flag_ordered_too_many()

    def _flag_ordered_too_many(self):
        """Tell the buyers of what was ordered for these lines and is no longer needed."""
        lines = self.filtered(lambda line: line.product_id.type == "consu")
        if not lines:
            return
        on_order = lines._get_parts_on_order()
        for job, group in lines.grouped("fsm_order_id").items():
            excess = group.filtered(lambda line: on_order[line] > line._get_quantity_left())
            if excess:
                job._flag_purchases(self.env._("Fewer parts are needed for %s"), excess.product_id)
