from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.actions import window_action


class PurchaseOrder(models.Model):
    """A purchase order made for a job, kept in its service file."""

    _name = "purchase.order"
    _inherit = ["purchase.order", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    fsm_order_id = fields.Many2one(
        "fsm.order",
        string="Job",
        index="btree_not_null",
        check_company=True,
        help="Job that all of it is bought for. Lines of other orders can have their own job.",
    )
    service_file_id = fields.Many2one(
        "sercom.service.file",
        compute="_compute_service_file_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        copy=False,
        help="Folder of the job it is bought for.",
    )
    counter_slip = fields.Char(
        copy=False,
        readonly=True,
        help="Number of the vendor's slip for parts picked up at their counter.",
    )
    counter_amount = fields.Monetary(
        currency_field="company_currency_id",
        copy=False,
        readonly=True,
        help="What it counts of what its technician may spend at counters in a day; nothing where "
        "somebody approved it.",
    )
    fsm_order_count = fields.Integer("Job Count", compute="_compute_fsm_order_count")

    _counter_slip_uniq = models.UniqueIndex(
        "(partner_id, company_id, counter_slip)"
        " WHERE counter_slip IS NOT NULL AND state != 'cancel'",
        "This slip of the vendor is already recorded. Look for its purchase order.",
    )

    @api.model
    def _get_writable_fields(self):
        return {**super()._get_writable_fields(), "purchase.group_purchase_user": {"fsm_order_id"}}

    @api.depends("fsm_order_id.service_file_id")
    def _compute_service_file_id(self):
        for order in self:
            order.service_file_id = order.fsm_order_id.service_file_id or order.service_file_id

    @api.depends("fsm_order_id", "order_line.fsm_order_id")
    def _compute_fsm_order_count(self):
        for order in self:
            order.fsm_order_count = len(order._get_jobs())

    def _get_jobs(self):
        return self.fsm_order_id | self.order_line.fsm_order_id

    def action_view_fsm_orders(self):
        """Open the jobs that these orders buy for."""
        return window_action(self._get_jobs())

    def action_view_service_file(self):
        """Open the file that this one order is kept in."""
        self.ensure_one()
        return window_action(self.service_file_id)

    def _prepare_grouped_data(self, rfq):
        # Merged, the orders of two jobs would no longer tell which part is whose.
        return (*super()._prepare_grouped_data(rfq), rfq.fsm_order_id.id)

    def _notify_buyers(self, summary, note, user=None):
        """Give the buyer of each order of the set an activity.

        :param str note: HTML
        :param user: who is told in the buyer's place
        """
        for order in self.sudo():  # sudo: an activity on an order that they may not read
            buyer = user or order.user_id or order._get_buyer() or self.env.user
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=buyer.id,
                summary=summary,
                note=note,
            )

    def _get_buyer(self):
        """Who buys from this one order's vendor."""
        self.ensure_one()
        return self.partner_id.buyer_id or self.company_id._get_buyer()

    def _add_job_part(
        self, job, product, quantity, unit, sale_line=None, is_exact=False, **_request
    ):
        """Put a part of ``job`` on this one draft order, or raise the line that has it.

        :param float quantity: in ``unit``; it is bought in the vendor's unit, rounded up
        :param bool is_exact: whether it is bought in ``unit``, exactly that much
        :return: the order's line
        """
        self.ensure_one()
        line = self.order_line.filtered(
            lambda line: (
                line.product_id == product
                and line.fsm_order_id == job
                and (not sale_line or line.sale_line_id in (sale_line, sale_line.browse()))
            )
        )[:1]
        if line:
            line.product_qty += unit._compute_quantity(quantity, line.product_uom_id)
            return line
        product = product.with_company(self.company_id)
        seller = product._select_seller(
            partner_id=self.partner_id,
            quantity=quantity,
            date=self.date_order.date(),
            uom_id=unit,
        )
        bought_in = unit if is_exact else seller.product_uom_id or unit
        vals = line._prepare_purchase_order_line(
            product,
            unit._compute_quantity(quantity, bought_in),
            bought_in,
            self.company_id,
            self.partner_id,
            self,
        )
        if seller:
            vals["technical_price_unit"] = vals["price_unit"]  # follows the quantity
        else:
            del vals["price_unit"]  # Odoo then takes the product's cost
        vals.update({"fsm_order_id": job.id, "sale_line_id": sale_line.id if sale_line else False})
        return line.create(vals)

    # Picked up at a counter

    def button_approve(self, force=False):
        waiting = self.filtered(lambda order: order.state == "to approve" and order.counter_slip)
        for order in waiting.filtered(lambda order: order._approval_allowed()):
            order.sudo()._sell_approved_pickup()  # sudo: who approves may not sell
        res = super().button_approve(force=force)
        for order in waiting.filtered(lambda order: order.state == "purchase"):
            order.sudo()._receive_pickup()  # sudo: who approves may not handle stock
        return res

    def _sell_approved_pickup(self):
        """Sell what was picked up by this one order, which is about to be approved."""
        self.ensure_one()
        job = self.fsm_order_id
        if job.state == "cancelled":
            return  # nobody bills it: the parts are the firm's
        job._lock_for_conversion()
        if not self._sell_pickup():
            summary = self.env._("Bill the parts of slip %s", self.counter_slip)
            self._notify_buyers(summary, job._get_unsold_note())

    def _sell_pickup(self):
        """Have the lines of the job sell what this one order, not yet approved, buys for it.

        :return: whether the job's order could be changed
        """
        self.ensure_one()
        job = self.fsm_order_id.with_company(self.company_id)
        lines = self.order_line.filtered(
            lambda line: line.fsm_order_id == job and line.product_id.sale_ok
        )
        parts = {}
        for line in lines:
            quantity = job._to_own_unit(line, line.product_qty)
            parts[line.product_id] = parts.get(line.product_id, 0.0) + quantity
        if not job._sell_picked_up(parts, job._get_received_quantities()):
            return False
        for line in lines.filtered(lambda line: not line.sale_line_id):
            line.sale_line_id = job._get_part_lines(line.product_id)[:1]
        return True

    def _get_approval_amount(self):
        """What this one order is worth to whom approves it, in its company's currency.

        A part without a known price is worth what it is sold for: who picks it up does not get
        round the limit by it.
        """
        self.ensure_one()
        total = self.amount_total
        for line in self.order_line:
            if line.currency_id.is_zero(line.price_total):
                total += line.company_id.currency_id._convert(
                    line.product_id.lst_price * line.product_uom_qty,
                    self.currency_id,
                    self.company_id,
                    self.date_order,
                )
        return self.currency_id._convert(
            total, self.company_id.currency_id, self.company_id, self.date_order
        )

    def _get_pickup_approver(self):
        """Who is asked to approve this one order: its buyer, when they may."""
        self.ensure_one()
        buyer = self.user_id or self._get_buyer()
        if buyer and buyer.has_group("purchase.group_purchase_manager"):
            return buyer
        return self.company_id._get_purchase_approver() or buyer

    def _receive_pickup(self):
        """Receive this one confirmed order where its job takes parts from, for the job."""
        self.ensure_one()
        job = self.fsm_order_id
        self._receive_all(job._get_truck())
        job._reserve_parts_again()

    def _receive_all(self, location):
        """Receive all of this one confirmed order.

        :param location: where it is put, such as a truck; none for the warehouse's stock
        """
        self.ensure_one()
        target = location or self.picking_type_id.warehouse_id.lot_stock_id
        moves = self.picking_ids.move_ids.filtered(lambda m: m.state not in ("done", "cancel"))
        moves.write({"location_dest_id": target.id, "location_final_id": target.id})
        moves.move_line_ids.location_dest_id = target
        for move in moves:
            move.quantity = move.product_uom_qty
        moves.picked = True
        moves._action_done()
