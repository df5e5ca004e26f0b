from odoo import api, fields, models


class PurchaseOrderLine(models.Model):
    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    fsm_order_id = fields.Many2one(
        "fsm.order",
        string="Job",
        compute="_compute_fsm_order_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
        help="Job that it is bought for, and whose cost it is.",
    )

    @api.model
    def _get_writable_fields(self):
        return {**super()._get_writable_fields(), "purchase.group_purchase_user": {"fsm_order_id"}}

    @api.depends("order_id.fsm_order_id", "sale_line_id")
    def _compute_fsm_order_id(self):
        for line in self:
            if line.display_type:
                line.fsm_order_id = False
                continue
            line.fsm_order_id = (
                line.sale_line_id.fsm_order_id or line.order_id.fsm_order_id or line.fsm_order_id
            )

    def _get_open_quantity(self):
        """Quantity of this one line not received yet, in the product's unit."""
        self.ensure_one()
        if self.state == "cancel" or not self.product_id:
            return 0.0
        received = self.product_uom_id._compute_quantity(
            self.qty_received, self.product_id.uom_id, round=False
        )
        return max(self.product_uom_qty - received, 0.0)

    # Parts that Odoo's routes buy for a job by themselves (MTO)

    @api.model
    def _prepare_purchase_order_line_from_procurement(self, *args, **kwargs):
        vals = super()._prepare_purchase_order_line_from_procurement(*args, **kwargs)
        values = kwargs.get("values", args[7] if len(args) > 7 else {})
        if job := self._get_procurement_job(values):
            vals["fsm_order_id"] = job.id
        return vals

    def _find_candidate(self, product_id, *args, **kwargs):
        # Two jobs' parts, or a job's and the shelf's, never share a line.
        values = kwargs.get("values", args[-1] if args else {})
        job = self._get_procurement_job(values)
        lines = self.filtered(lambda line: line.fsm_order_id == job)
        return super(PurchaseOrderLine, lines)._find_candidate(product_id, *args, **kwargs)

    def _get_procurement_job(self, values):
        """Job that a procurement is for, none when it is for several or for the shelf."""
        moves = values.get("move_dest_ids") or self.env["stock.move"]
        # sudo: who runs a procurement may not read all moves, nor what was sold
        lines = moves.sudo().sale_line_id
        jobs = (lines | lines.browse(values.get("sale_line_id") or [])).fsm_order_id
        return jobs if len(jobs) == 1 else jobs.browse()

    # Cost

    def _get_bought_value(self):
        """Quantity and value bought by this one line of a confirmed order.

        :return: ``(quantity in the product's unit, value in the company's currency)``
        """
        self.ensure_one()
        bills = self.invoice_lines.filtered(lambda line: line.parent_state == "posted")
        billed = sum(
            (-1 if bill.move_id.move_type == "in_refund" else 1)
            * bill.product_uom_id._compute_quantity(bill.quantity, self.product_uom_id, round=False)
            for bill in bills
        )
        value = sum(bills.mapped("balance"))
        unbilled = max(self.qty_received - billed, 0.0)
        if unbilled and self.product_qty:
            order = self.order_id
            value += self.currency_id._convert(
                self.price_subtotal / self.product_qty * unbilled,
                self.company_id.currency_id,
                self.company_id,
                order.effective_date or order.date_approve or order.date_order,
            )
        quantity = self.product_uom_id._compute_quantity(
            max(self.qty_received, billed), self.product_id.uom_id, round=False
        )
        return quantity, value
