from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.actions import window_action
from odoo.addons.sercom_requests.tools.context import SKIP_JOB_GENERATION

from ...tools.job.quantity import MOST, is_quantity


class FsmOrder(models.Model):
    """The job's products and services: lines of its sales order, edited from the job too.

    Technicians have no access to sales orders. They reach the lines of their own jobs through
    the job's catalog, which checks that they may write the job.
    """

    _name = "fsm.order"
    _inherit = ["fsm.order", "product.catalog.mixin"]

    sale_line_ids = fields.One2many("sale.order.line", "fsm_order_id", string="Lines")
    sold_hours = fields.Float(
        compute="_compute_sold_hours",
        store=True,
        help="Hours of work sold on the job's lines. Two people for 3 hours are 6.",
    )
    currency_id = fields.Many2one(related="sale_id.currency_id")
    amount_sold = fields.Monetary(
        compute="_compute_amount_sold",
        compute_sudo=True,
        groups="sales_team.group_sale_salesman,account.group_account_invoice",
        help="Lines of the job, before taxes, as its cost and its margin.",
    )

    @api.depends(
        "sale_line_ids.product_uom_qty", "sale_line_ids.product_uom_id", "sale_line_ids.product_id"
    )
    def _compute_sold_hours(self):
        hours = self.sale_line_ids._get_sold_hours()
        for job in self:
            job.sold_hours = sum(hours[line] for line in job.sale_line_ids)

    @api.depends("sale_line_ids.price_subtotal")
    def _compute_amount_sold(self):
        for job in self:
            job.amount_sold = sum(job.sale_line_ids.mapped("price_subtotal"))

    # Order

    def _open_orders(self):
        """Open and confirm a sales order for each job of the set: jobs without a quote."""
        if not self:
            return
        # sudo: a job has an order, whoever makes the job
        SaleOrder = SKIP_JOB_GENERATION(self.env["sale.order"].sudo())
        for company, jobs in self.grouped("company_id").items():
            vals_list = [job._prepare_order_vals() for job in jobs]
            orders = SaleOrder.with_company(company)._create_together(vals_list)
            for job, order in zip(jobs, orders, strict=True):
                job.sale_id = order
            jobs._fill_orders()
            orders.action_confirm()
            orders.filtered("locked").action_unlock()

    def _fill_orders(self):
        """Hook: sell on the orders just opened for these jobs; they are not confirmed yet."""

    def _ensure_orders(self):
        """Open the orders that jobs older than Sercom lack."""
        # sudo: a job has an order, whoever works on it
        orphans = self.sudo().filtered(lambda job: not job.sale_id)
        orphans._open_service_files()
        orphans._open_orders()

    def _prepare_order_vals(self):
        """Values of the sales order that this one job opens."""
        self.ensure_one()
        lead = self.opportunity_id.sudo()  # sudo: technicians read no requests
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "fsm_location_id": self.location_id.id,
            "service_file_id": self.service_file_id.id,
            "opportunity_id": lead.id,
            "scope": self.description,
            "service_notes": self.todo,
            "request_early": self.request_early,
            "request_late": self.request_late,
            "origin": self.name,
            "is_opened_by_job": True,
            "source_id": lead.source_id.id,
            "medium_id": lead.medium_id.id,
            "campaign_id": lead.campaign_id.id,
        }

    def _prepare_change(self, vals):
        leaving = self._get_leaving_company(vals)
        if not leaving:
            return super()._prepare_change(vals)
        # Nothing is sold yet: the jobs get an order and a file of their new company.
        leaving._check_can_leave_company()
        left = {**vals, "sale_id": False, "service_file_id": False}
        staying = super(FsmOrder, self - leaving)._prepare_change(vals) if self - leaving else []
        return super(FsmOrder, leaving)._prepare_change(left) + staying

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if leaving := self._get_leaving_company(vals):
            # sudo: who moves a job may not read its order
            before["left_orders"] = leaving.sudo().sale_id
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if "left_orders" in before:
            self._open_orders()
            left = before["left_orders"]
            left.filtered(lambda order: not order.fsm_order_ids)._drop_if_empty()
        elif not {"partner_id", "location_id"}.isdisjoint(vals):
            self._update_orders()
            self._leave_files_of_others()

    def _get_leaving_company(self, vals):
        """Jobs of the set that ``vals`` would give to another company than their order's."""
        if not vals.get("company_id"):
            return self.browse()
        # sudo: who moves a job may not read its order
        return self.filtered(lambda job: job.sudo().sale_id.company_id.id != vals["company_id"])

    def _check_can_leave_company(self):
        """Refuse that a job leaves the company which sold its lines."""
        for job in self.sudo():  # sudo: who moves a job may not read its order
            if job.sale_line_ids:
                raise UserError(
                    self.env._(
                        "%(job)s has lines sold by %(company)s. Make a new job instead.",
                        job=job.name,
                        company=job.sale_id.company_id.name,
                    )
                )

    def _update_orders(self):
        """Bill the jobs' client, at the jobs' site: pass a change of either on to the order.

        :raises UserError: when the order is invoiced already, or serves other jobs
        """
        # sudo: the order follows its job, whoever changes the job
        for job in self.sudo().filtered("sale_id"):
            order = job.sale_id
            if job.location_id == order.fsm_location_id and job.partner_id == order.partner_id:
                continue
            if order._get_live_jobs() - job:
                if job.partner_id == order.partner_id:
                    continue  # one of several jobs is done elsewhere
                raise UserError(
                    self.env._(
                        "%(job)s shares the order %(order)s with other jobs. Change the client "
                        "on the order.",
                        job=job.name,
                        order=order.name,
                    )
                )
            if job.partner_id != order.partner_id:
                job._check_can_change_client()
            order.write({"partner_id": job.partner_id.id, "fsm_location_id": job.location_id.id})

    def _check_can_change_client(self):
        """Refuse that this one job, which has another client now, takes its order along.

        :raises UserError: when the order's client was billed, or accepted it as a quote
        """
        order = self.sale_id
        values = {"job": self.name, "client": order.partner_id.display_name, "order": order.name}
        if order.invoice_ids.filtered(lambda move: move.state != "cancel"):
            raise UserError(
                self.env._(
                    "%(job)s is already invoiced to %(client)s. Cancel the invoice before "
                    "changing the client.",
                    **values,
                )
            )
        is_same = self.partner_id.commercial_partner_id == order.partner_id.commercial_partner_id
        if not is_same and order.state == "sale" and not order.is_opened_by_job:
            raise UserError(
                self.env._(
                    "%(job)s was sold to %(client)s with %(order)s. Make a new job for another "
                    "client, and cancel this one.",
                    **values,
                )
            )

    # Catalog

    def _get_product_catalog_domain(self):
        return super()._get_product_catalog_domain() & self._get_sale_products_domain()

    def _get_sale_products_domain(self):
        return fields.Domain("sale_ok", "=", True)

    def _get_action_add_from_catalog_extra_context(self):
        return {
            **super()._get_action_add_from_catalog_extra_context(),
            "order_id": self.id,  # Odoo's buttons pass it; its client asks for it
            "product_catalog_currency_id": (self.currency_id or self.company_id.currency_id).id,
            "product_catalog_digits": self.env["sale.order.line"]
            ._fields["price_unit"]
            .get_digits(self.env),
        }

    def _get_product_catalog_record_lines(self, product_ids, **kwargs):
        lines = self.sudo().sale_line_ids.filtered(  # sudo: the job's quantities, whoever sold them
            lambda line: not line.display_type and line.product_id.id in product_ids
        )
        return lines.grouped("product_id")

    def _get_product_catalog_order_data(self, products, **kwargs):
        # A job older than Sercom gets its order with its first line.
        job = self.sudo()  # sudo: prices are the order's, which technicians do not read
        order = job.sale_id or job.env["sale.order"].new(job._prepare_order_vals())
        return order._get_product_catalog_order_data(products, **kwargs)

    def _is_readonly(self):
        self.ensure_one()
        order = self.sudo().sale_id  # sudo: technicians read no orders
        # Whoever acts for the office has checked that it decided so, as for a checklist's answers.
        is_office = self.env.su or self.is_office
        closed = self.state == "cancelled" or (self.state == "done" and not is_office)
        return closed or bool(order and order._is_readonly())

    def _update_order_line_info(self, product_id, quantity, **kwargs):
        """Set how much of a product this job has; called by the product catalog.

        :param int product_id: ``product.product`` id
        :param float quantity: in the product's unit; 0 takes it off the job
        :return: unit price, in the order's currency
        :raises UserError: when the job is closed, or this is nothing to add
        """
        self.ensure_one()
        self.check_access("write")
        product = self.env["product.product"].browse(product_id).exists()
        self._check_quantity(product, quantity)
        self._ensure_orders()
        job = self.sudo()  # sudo: who may write the job adds what it needs to its order
        order = job.sale_id
        if self._is_readonly() or quantity < 0:
            raise UserError(
                self.env._(
                    "The products and services of %s cannot be changed so. Ask the office.",
                    self.name,
                )
            )
        lines = job.sale_line_ids.filtered(lambda line: line.product_id.id == product_id)
        line, quantity = self._get_changed_line(lines, quantity)
        if line:
            line.product_uom_qty = quantity
        elif quantity > 0:
            self._check_is_sold(product)
            line = line.create(
                {
                    "order_id": order.id,
                    "fsm_order_id": job.id,
                    "product_id": product_id,
                    "product_uom_qty": quantity,
                }
            )
        if line:
            return line._get_discounted_price()
        return order.pricelist_id._get_product_price(
            product=self.env["product.product"].browse(product_id),
            quantity=1.0,
            currency=order.currency_id,
            date=order.date_order,
        )

    def _check_quantity(self, product, quantity):
        """Refuse what is no quantity of a product, whatever a client sends as one."""
        if not is_quantity(quantity):
            raise UserError(
                self.env._(
                    "“%(quantity)s” is no quantity of %(product)s for %(job)s. Type a number "
                    "from 0 to %(most)s.",
                    quantity=quantity,
                    product=product.display_name or self.env._("this product"),
                    job=self.name,
                    most=MOST,
                )
            )

    def _check_is_sold(self, product):
        """Refuse to put on the job what its catalog does not show."""
        # sudo: what the catalog shows decides, and not who reads its fields
        known = product.sudo().filtered_domain(self._get_product_catalog_domain())
        if not (self.env.su or known):
            raise UserError(
                self.env._(
                    "%(product)s is not in the catalog of %(job)s. Ask the office.",
                    product=product.display_name
                    if product.has_access("read")
                    else self.env._("This product"),
                    job=self.name,
                )
            )

    def _get_changed_line(self, lines, quantity):
        """Line of this one job to change, and its quantity, so that ``lines`` sell ``quantity``.

        What the client accepted is only changed by the office: a technician adds beside it.

        :raises UserError: when a technician would lower what was accepted
        """
        if self.env.su or self.is_office:
            return lines[:1], quantity
        accepted = lines._get_accepted()
        kept = sum(accepted.mapped("product_uom_qty"))
        if accepted and accepted.product_id.uom_id.compare(quantity, kept) < 0:
            raise UserError(
                self.env._(
                    "The client accepted %(quantity)s × %(product)s on %(job)s: only the office "
                    "changes that. Call them.",
                    quantity=kept,
                    product=accepted.product_id.display_name,
                    job=self.name,
                )
            )
        return (lines - accepted)[:1], quantity - kept

    def _get_product_catalog_order_line_info(self, product_ids, child_field=False, **kwargs):
        info = super()._get_product_catalog_order_line_info(product_ids, child_field, **kwargs)
        if not self.is_office and not self._is_readonly():
            # Odoo closes a product with several lines: what is added stands beside what was sold.
            for product, lines in self._get_product_catalog_record_lines(product_ids).items():
                if len(lines - lines._get_accepted()) <= 1:
                    info[product.id]["readOnly"] = False
        return info

    # Deliberate second quote

    def action_new_quote(self):
        """Start one more quote from this job, whatever was quoted from it before."""
        self.ensure_one()
        self.check_access("write")
        return window_action(self._make_quote()[self])

    def _prepare_quote_vals(self):
        """Values of a quote for another issue found during this one job."""
        self.ensure_one()
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "fsm_location_id": self.location_id.id,
            "service_file_id": self.service_file_id.id,
            "opportunity_id": self.opportunity_id.id,
            "origin_fsm_order_id": self.id,
            "origin": self.name,
            "tag_ids": [Command.set(self.sale_id.tag_ids.ids)],
        }
