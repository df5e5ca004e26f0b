from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import SALES, merge_fields

from ...tools.appliance.repair import get_missing, is_repair


class SaleOrder(models.Model):
    """An estimate for the repair of a household appliance: what it says, and its price.

    The price that the client agrees to is the highest that may be billed for this work; what is
    added takes a change order, which has a price of its own.
    """

    _inherit = "sale.order"

    appliance_description = fields.Char(
        "Appliance", help="Make, model and serial number of what is repaired. Printed."
    )
    is_estimate_waived = fields.Boolean(
        "Estimate Waived",
        copy=False,
        tracking=True,
        help="The client wrote and signed by hand that they want no estimate. Source: Consumer "
        "Protection Act (CQLR, c. P-40.1), s. 168.",
    )
    repair_ceiling = fields.Monetary(
        "Price Agreed To",
        readonly=True,
        copy=False,
        help="Before taxes. No more than that is billed for this work.",
    )
    consent_phone = fields.Char("Telephone of Consent", readonly=True, copy=False)
    is_appliance_estimate = fields.Boolean(compute="_compute_is_appliance_estimate")
    estimate_missing = fields.Char(compute="_compute_estimate_missing")

    @api.model
    def _get_writable_fields(self):
        own = {"appliance_description", "is_estimate_waived"}
        return merge_fields(super()._get_writable_fields(), {SALES: own})

    @api.depends(
        "amount_untaxed",
        "company_id.is_appliance_repair_ruled",
        "is_change_order",
        "order_line.product_id.categ_id.is_household_appliance",
        "partner_id.commercial_partner_id.is_company",
    )
    def _compute_is_appliance_estimate(self):
        for order in self:
            order.is_appliance_estimate = order._is_appliance_repair()

    def _is_appliance_repair(self):
        if not self.company_id.is_appliance_repair_ruled or not self.partner_id._is_consumer():
            return False
        # Extra work is one repair with the work that it is added to.
        orders = self | self._get_changed_job().sale_id
        categories = orders.order_line.product_id.categ_id
        total = sum(orders.mapped("amount_untaxed"))
        return is_repair(total) and categories._has_above("is_household_appliance")

    @api.depends(
        "appliance_description",
        "company_id.street",
        "is_appliance_estimate",
        "is_change_order",
        "is_estimate_waived",
        "order_line.product_id",
        "partner_id.street",
        "validity_date",
    )
    def _compute_estimate_missing(self):
        words = {
            "client": self.env._("the client's address"),
            "firm": self.env._("the firm's address"),
            "appliance": self.env._("the appliance: make, model and serial number"),
            "work": self.env._("the work"),
            "validity": self.env._("until when it is valid"),
        }
        for order in self:
            missing = []
            if order._is_estimate_due():
                missing = get_missing(
                    description=order.appliance_description,
                    valid_until=order.validity_date,
                    client_address=order.partner_id.street,
                    firm_address=order.company_id.street,
                    lines=order.order_line.product_id,
                )
            order.estimate_missing = ", ".join(words[key] for key in missing)

    def _is_estimate_due(self):
        return (
            self.is_appliance_estimate
            and not self.is_change_order
            and not self.is_estimate_waived
            and self.state in ("draft", "sent")
        )

    def _before_change(self, vals):
        super()._before_change(vals)
        if vals.get("state") in ("draft", "sent"):
            self._reopen_repairs()
        is_quote = self.filtered(lambda order: order.state in ("draft", "sent"))
        if vals.get("signed_on"):
            is_quote._agree_to_price()
        elif "signed_on" in vals:
            # sudo: nobody writes by hand what was agreed to
            is_quote.sudo().filtered("repair_ceiling").repair_ceiling = 0.0
        if vals.get("state") == "sale":
            self.filtered(lambda order: order.state != "sale")._agree_to_price()

    def _agree_to_price(self):
        """The client agrees to the price of these estimates: signed, or about to be confirmed.

        What was signed stays what it was, whatever the estimate has become since.
        """
        # sudo: nobody writes by hand what was agreed to
        for order in self.sudo().filtered(
            lambda order: order.is_appliance_estimate and not order.repair_ceiling
        ):
            order.repair_ceiling = 0.0 if order.is_opened_by_job else order.amount_untaxed

    def _reopen_repairs(self):
        """Have these repairs, which become quotes again, agreed to anew."""
        # sudo: nobody writes by hand what was agreed to
        repairs = self.sudo().filtered("repair_ceiling")
        repairs.filtered(lambda order: order.state in ("sale", "cancel"))._drop_agreement()

    def _drop_agreement(self):
        res = super()._drop_agreement()
        # sudo: as what it drops there
        self.sudo().write({"consent_phone": False, "repair_ceiling": 0.0})
        return res

    def _get_repair_billed(self):
        """Amount before taxes that posted documents bill of this one estimate, credits deducted."""
        self.ensure_one()
        total = 0.0
        for line in self.order_line.invoice_lines:
            if line.parent_state != "posted":
                continue
            amount = line.currency_id._convert(
                line.price_subtotal,
                self.currency_id,
                self.company_id,
                line.move_id.invoice_date or line.date,
            )
            total += amount if line.move_id.move_type == "out_invoice" else -amount
        return total
