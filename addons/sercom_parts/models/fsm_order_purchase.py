from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.sercom_requests.tools.actions import window_action
from odoo.addons.sercom_requests.tools.wording import format_number

ASK = "sercom_parts.mail_activity_type_parts"


class FsmOrder(models.Model):
    """What is bought for the job: one draft order per vendor, linked both ways."""

    _inherit = "fsm.order"

    purchase_order_ids = fields.One2many("purchase.order", "fsm_order_id", string="Purchases")
    purchase_line_ids = fields.One2many(
        "purchase.order.line", "fsm_order_id", string="Purchase Lines"
    )
    purchase_order_count = fields.Integer(
        "Purchase Count", compute="_compute_purchase_order_count", compute_sudo=True
    )

    @api.depends("purchase_order_ids", "purchase_line_ids.order_id")
    def _compute_purchase_order_count(self):
        for job in self:
            job.purchase_order_count = len(job._get_purchase_orders())

    def _get_purchase_orders(self):
        return self.purchase_order_ids | self.purchase_line_ids.order_id

    def action_view_purchase_orders(self):
        """Open the purchase orders of these jobs."""
        return window_action(self._get_purchase_orders(), self.env._("Purchase Orders"))

    def action_buy_parts(self):
        """Open the dialog that orders this one job's missing parts."""
        self.ensure_one()
        self.check_access("write")
        self._check_can_buy_parts()
        wizard = self.env["sercom.job.purchase"]._open_for(self)
        return {
            **window_action(wizard, self.env._("Order parts for %s", self.name)),
            "target": "new",
        }

    def _check_can_buy_parts(self):
        for job in self:
            if job.is_closed:
                raise UserError(
                    self.env._("%s is closed. Reopen it before ordering parts for it.", job.name)
                )

    def _check_may_purchase(self):
        if not self.env["purchase.order"].has_access("create"):
            raise AccessError(
                self.env._(
                    "Ordering parts for %s takes the right to purchase. Ask the buyer instead.",
                    self[:1].name,
                )
            )

    # Orders

    def _order_parts(self, get_requests):
        """Put parts on the draft purchase orders of this set's jobs, one per job and vendor.

        The jobs are locked first: of two people who order at one moment the second one's
        transaction is replayed, and finds what the first one ordered.

        :param get_requests: function that answers, under the lock, the list of ``{"job",
            "product", "quantity", "unit", "vendor", "sale_line"}``
        :return: the orders changed or made
        """
        self._check_may_purchase()
        self._check_can_buy_parts()
        self._lock_for_conversion()
        orders = self.env["purchase.order"]
        found = self._get_draft_purchases()
        for request in get_requests():
            key = (request["job"], request["vendor"])
            if key not in found:
                found[key] = orders.with_company(request["job"].company_id).create(
                    self._prepare_purchase_vals(**request)
                )
                request["job"]._log_purchase(found[key])
            found[key]._add_job_part(**request)
            orders |= found[key]
        return orders

    def _get_draft_purchases(self):
        """Open draft order of each job and vendor: ``{(job, vendor): order}``."""
        drafts = self.env["purchase.order"].search(
            [("fsm_order_id", "in", self.ids), ("state", "=", "draft")], order="id desc"
        )
        return {(order.fsm_order_id, order.partner_id): order for order in drafts}

    @api.model
    def _prepare_purchase_vals(self, job, vendor, sale_line=None, **_request):
        """Values of the purchase order that a part requested for ``job`` opens."""
        # sudo: its warehouse, for who reads no stock
        warehouse = (sale_line or job.part_line_ids[:1]).sudo().warehouse_id
        vals = {
            "partner_id": vendor.id,
            "company_id": job.company_id.id,
            "fsm_order_id": job.id,
            "origin": job.name,
            "user_id": vendor.buyer_id.id or self.env.uid,
            "payment_term_id": vendor.with_company(
                job.company_id
            ).property_supplier_payment_term_id.id,
            "fiscal_position_id": self.env["account.fiscal.position"]
            .with_company(job.company_id)
            ._get_fiscal_position(vendor)
            .id,
        }
        if warehouse.in_type_id:
            vals["picking_type_id"] = warehouse.in_type_id.id
        return vals

    def _log_purchase(self, order):
        order._message_log(body=self.env._("Made for %s.", self._get_html_link()))
        self._message_log(body=self.env._("Parts are ordered: %s", order._get_html_link()))

    # Dispatchers ask

    def _ask_for_parts(self, parts):
        """Ask the buyer for parts by an activity on this one job; asking again replaces it.

        :param parts: list of ``(product, quantity, unit)``
        """
        self.ensure_one()
        self.check_access("write")
        self._check_can_buy_parts()
        self._lock_for_conversion()
        job = self.sudo()  # sudo: who buys is told, whoever asks
        vendors = job.env["product.product"].concat(*[part[0] for part in parts]).seller_ids
        buyer = (
            vendors.partner_id.buyer_id[:1] or job.company_id._get_buyer() or job.sale_id.user_id
        )
        rows = Markup("").join(
            Markup("<li>%s %s – %s</li>")
            % (format_number(self.env, quantity), unit.name, product.display_name)
            for product, quantity, unit in parts
        )
        job.activity_unlink([ASK])
        job.activity_schedule(
            ASK,
            user_id=buyer.id or self.env.uid,
            summary=self.env._("Order parts for %s", job.name),
            note=Markup("<p>%s</p><ul>%s</ul>")
            % (self.env._("%s asks for:", self.env.user.name), rows),
        )

    # What was ordered and is no longer needed

    def _after_transition(self, state):
        res = super()._after_transition(state)
        if state == "cancelled":
            self._flag_purchases(self.env._("The job %s is cancelled"))
        return res

    def _flag_purchases(self, summary, products=None):
        """Tell the buyers what was ordered for these jobs and is not received yet.

        Nothing is deleted: the buyer knows what the vendor still takes back, and what was
        received stays a cost of the job.

        :param str summary: with a place for the job's name
        :param products: only these products
        """
        lines = (
            self.env["purchase.order.line"]
            .sudo()  # sudo: who buys is told, whoever closes the job
            .search([("fsm_order_id", "in", self.ids), ("state", "!=", "cancel")])
            .filtered(
                lambda line: (
                    line._get_open_quantity() > 0
                    and (products is None or line.product_id in products)
                )
            )
        )
        for order, open_lines in lines.grouped("order_id").items():
            jobs = open_lines.fsm_order_id
            rows = Markup("").join(
                Markup("<li>%s %s – %s</li>")
                % (
                    format_number(line.env, line._get_open_quantity()),
                    line.product_id.uom_id.name,
                    line.product_id.display_name,
                )
                for line in open_lines
            )
            order._notify_buyers(
                summary % ", ".join(jobs.mapped("name")),
                Markup("<p>%s</p><ul>%s</ul>")
                % (self.env._("Cancel or keep what was ordered for it:"), rows),
            )
