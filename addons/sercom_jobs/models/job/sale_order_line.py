from odoo import Command, api, fields, models

from odoo.addons.sercom_requests.tools.field_access import OFFICE, SALES


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "sercom.cost.mixin", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"
    _cost_fields = frozenset({"purchase_price", "margin", "margin_percent"})  # sale_margin's

    fsm_order_id = fields.Many2one(string="Job", check_company=True)

    @api.model
    def _is_field_closed(self, field):
        # What Odoo reckons of a line (left to bill, billed, delivered by what) is not typed: it
        # would be billed as it stands, whatever was done.
        is_reckoned = bool(field.compute and field.store and field.readonly)
        return super()._is_field_closed(field) or is_reckoned

    def _get_sold_hours(self):
        """Hours of work that each line sells.

        A line in a unit of time is converted to hours; a service sold by the piece counts the
        duration of its job template for each piece; anything else sells no hours.

        :return: ``{line: hours}``
        """
        hour = self.env.ref("uom.product_uom_hour")
        hours = dict.fromkeys(self, 0.0)
        for line in self:
            if line.display_type or line.product_id.type != "service":
                continue
            unit, quantity = line.product_uom_id, line.product_uom_qty
            if unit._has_common_reference(hour):
                hours[line] = unit._compute_quantity(quantity, hour, round=False)
            else:
                hours[line] = quantity * line.product_id.fsm_order_template_id.duration
        return hours

    def _get_accepted(self):
        """Lines of the set that the client accepted: all but what technicians added on site."""
        authors = self.sudo().create_uid  # sudo: who wrote a line decides, whoever reads it
        office = authors.filtered(lambda user: user.has_group(OFFICE) or user.has_group(SALES))
        # sudo: who wrote a line decides, whoever reads it
        return self.filtered(lambda line: line.sudo().create_uid in office)

    @api.depends("fsm_order_id")
    def _compute_qty_delivered_method(self):
        # A service of a job is delivered when the job is done, not typed in by hand.
        res = super()._compute_qty_delivered_method()
        for line in self:
            if line._is_delivered_by_job():
                line.qty_delivered_method = "field_service"
        return res

    def _is_delivered_by_job(self):
        self.ensure_one()
        return (
            self.qty_delivered_method == "manual"
            and bool(self.fsm_order_id)
            and self.product_id.type == "service"
        )

    # By way of the job: a bill of what no job delivers must not undo a quantity typed by hand.
    @api.depends(
        "fsm_order_id.stage_id", "product_uom_qty", "fsm_order_id.sale_line_ids.qty_invoiced"
    )
    def _compute_qty_delivered(self):
        return super()._compute_qty_delivered()

    def _prepare_qty_delivered(self):
        # Odoo 19's hook: fieldservice_sale's own override is skipped when sale_timesheet,
        # loaded after it, computes the rest.
        delivered = super()._prepare_qty_delivered()
        for line in self.filtered(lambda line: line.qty_delivered_method == "field_service"):
            # sudo: billing is done whoever may open the job
            state = line.sudo().fsm_order_id.state
            # What is billed stays delivered when its job is opened again.
            billed = min(line.product_uom_qty, max(line.qty_invoiced, 0.0))
            by_state = {"done": line.product_uom_qty, "cancelled": 0.0}
            delivered[line] = by_state.get(state, billed)
        return delivered

    def _get_of_cancelled_jobs(self):
        """Lines of the set whose job is cancelled: of them what was delivered is owed, however
        their products are billed.
        """
        # sudo: billing is done whoever may open the job
        return self.filtered(
            lambda line: line.state == "sale" and line.sudo().fsm_order_id.state == "cancelled"
        )

    @api.depends("fsm_order_id.state")
    def _compute_qty_to_invoice(self):
        res = super()._compute_qty_to_invoice()
        for line in self._get_of_cancelled_jobs():
            line.qty_to_invoice = line.qty_delivered - line.qty_invoiced
        return res

    @api.depends("fsm_order_id.state")
    def _compute_untaxed_amount_to_invoice(self):
        res = super()._compute_untaxed_amount_to_invoice()
        for line in self._get_of_cancelled_jobs():
            line.untaxed_amount_to_invoice = (
                line.qty_delivered * line.price_reduce_taxexcl - line.untaxed_amount_invoiced
            )
        return res

    @api.depends("fsm_order_id.state")
    def _compute_amount_to_invoice(self):
        res = super()._compute_amount_to_invoice()
        for line in self._get_of_cancelled_jobs():
            left = line.qty_delivered - line.qty_invoiced_posted
            line.amount_to_invoice = line.price_reduce_taxinc * left
        return res

    def _prepare_invoice_line(self, **optional_values):
        vals = super()._prepare_invoice_line(**optional_values)
        # OVERRIDE fieldservice_sale, which links every line to all the jobs of the order.
        if self.fsm_order_id:
            vals["fsm_order_ids"] = [Command.set(self.fsm_order_id.ids)]
        return vals

    def _get_invoiceable_fsm_order(self):
        # OVERRIDE fieldservice_sale: a search per line whose answer is never used.
        return self.fsm_order_id
