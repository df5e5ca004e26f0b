from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.actions import window_action

from ..tools.parts import still_to_order

# Who opens the dialog: buyers, and dispatchers who ask them.
ORDERERS = ("purchase.group_purchase_user", "fieldservice.group_fsm_dispatcher")


class SercomJobPurchase(models.TransientModel):
    """Order parts for a job: what is missing is chosen already.

    Buyers order, which makes or completes one draft purchase order per vendor; dispatchers
    without that right ask the buyer.
    """

    _name = "sercom.job.purchase"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Order parts for a job"

    fsm_order_id = fields.Many2one("fsm.order", string="Job", required=True, readonly=True)
    company_id = fields.Many2one(related="fsm_order_id.company_id")
    date_start = fields.Datetime(related="fsm_order_id.scheduled_date_start")
    line_ids = fields.One2many("sercom.job.purchase.line", "wizard_id", string="Parts")
    is_buyer = fields.Boolean(compute="_compute_is_buyer")
    is_sent = fields.Boolean(help="Whether the parts of this dialog were ordered or asked for.")

    @api.model
    def _get_writable_fields(self):
        return dict.fromkeys(ORDERERS, {"line_ids"})

    @api.model
    def _get_creatable_fields(self):
        return dict.fromkeys(ORDERERS, {"fsm_order_id"})

    @api.model
    def _open_for(self, job):
        """The dialog for ``job``, with its parts; those missing are chosen."""
        Line = self.env["sercom.job.purchase.line"]
        parts = job.part_line_ids.filtered(lambda line: line.state == "sale")
        plans = parts._get_part_plans()
        return self.create(
            {
                "fsm_order_id": job.id,
                "line_ids": [
                    Command.create(Line._prepare_part_vals(part, plans.get(part))) for part in parts
                ],
            }
        )

    @api.depends_context("uid")
    def _compute_is_buyer(self):
        self.is_buyer = self.env["purchase.order"].has_access("create")

    def action_order(self):
        """Put the chosen parts on draft purchase orders, one per vendor.

        :return: window action of the orders; of those that the job has already, when all of it
            was ordered meanwhile
        """
        self.ensure_one()
        job = self.fsm_order_id
        job._order_parts(self._prepare_requests)
        orders = job.purchase_order_ids.filtered(lambda order: order.state == "draft")
        return window_action(orders or job.purchase_order_ids, self.env._("Purchase Orders"))

    def action_ask(self):
        """Ask the buyer for the chosen parts."""
        self.ensure_one()
        lines = self._get_chosen_lines()
        self.fsm_order_id._ask_for_parts(
            [(line.product_id, line.quantity, line.product_uom_id) for line in lines]
        )
        return {"type": "ir.actions.act_window_close"}

    def _get_chosen_lines(self):
        """Parts to order.

        :raises UserError: when none is chosen, or one has no positive quantity
        """
        lines = self.line_ids.filtered("is_chosen")
        if not lines:
            raise UserError(
                self.env._("Choose at least one part to order for %s.", self.fsm_order_id.name)
            )
        for line in lines:
            if line.quantity <= 0:
                raise UserError(
                    self.env._(
                        "%s has no quantity. Say how many to order, or do not choose it.",
                        line.product_id.display_name,
                    )
                )
        return lines

    def _prepare_requests(self):
        """What to order, less what was ordered since the dialog was opened."""
        lines = self._get_chosen_lines()
        if self.is_sent:
            return []  # a double click
        self.sudo().is_sent = True  # sudo: the dialog's own note, that nobody types
        without = lines.filtered(lambda line: not line.vendor_id).product_id
        if without:
            raise UserError(
                self.env._(
                    "No vendor sells %s. Choose one on its line, or set it on the product.",
                    ", ".join(without.mapped("display_name")),
                )
            )
        plans = lines.sale_line_id._get_part_plans()
        requests = []
        for line in lines:
            missing = plans.get(line.sale_line_id, {}).get("to_order", 0.0)
            quantity = still_to_order(line.quantity, line.quantity_missing, missing)
            if line.product_uom_id.compare(quantity, 0.0) > 0:
                requests.append(
                    {
                        "job": self.fsm_order_id,
                        "product": line.product_id,
                        "quantity": quantity,
                        "unit": line.product_uom_id,
                        "vendor": line.vendor_id,
                        "sale_line": line.sale_line_id,
                    }
                )
        return requests


class SercomJobPurchaseLine(models.TransientModel):
    _name = "sercom.job.purchase.line"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Part to order for a job"

    wizard_id = fields.Many2one(
        "sercom.job.purchase", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="wizard_id.company_id")
    sale_line_id = fields.Many2one("sale.order.line", readonly=True)
    is_chosen = fields.Boolean("Order", default=True)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        domain="[('purchase_ok', '=', True), ('type', '=', 'consu')]",
    )
    quantity_missing = fields.Float(
        "Missing",
        digits="Product Unit",
        readonly=True,
        help="Short at the job's start and not on order yet, when this dialog was opened.",
    )
    quantity_on_order = fields.Float("On Order", digits="Product Unit", readonly=True)
    quantity = fields.Float(digits="Product Unit", required=True, default=1.0)
    product_uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_product_uom_id",
        store=True,
        precompute=True,
        readonly=False,
    )
    vendor_id = fields.Many2one(
        "res.partner",
        compute="_compute_vendor_id",
        store=True,
        precompute=True,
        readonly=False,
        domain="[('company_id', 'in', (company_id, False))]",
        help="The first vendor of the product that sells this quantity.",
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_price")
    price_unit = fields.Monetary(
        "Vendor Price",
        compute="_compute_price",
        help="What the vendor asks for one unit of the line, before discount; 0 when unknown.",
    )

    @api.model
    def _get_writable_fields(self):
        chosen = {"is_chosen", "product_id", "quantity", "product_uom_id", "vendor_id"}
        return dict.fromkeys(ORDERERS, chosen)

    @api.model
    def _get_creatable_fields(self):
        found = {"wizard_id", "sale_line_id", "quantity_missing", "quantity_on_order"}
        return dict.fromkeys(ORDERERS, found)

    @api.model
    def _prepare_part_vals(self, part, plan):
        missing = plan["to_order"] if plan else 0.0
        return {
            "sale_line_id": part.id,
            "product_id": part.product_id.id,
            "product_uom_id": part.product_uom_id.id,
            "quantity_missing": missing,
            "quantity_on_order": plan["on_order"] if plan else 0.0,
            "quantity": missing or max(part.product_uom_qty - part.qty_delivered, 0.0),
            "is_chosen": missing > 0,
        }

    @api.depends("product_id")
    def _compute_product_uom_id(self):
        for line in self:
            line.product_uom_id = (
                line.sale_line_id.product_uom_id
                if line.sale_line_id.product_id == line.product_id
                else line.product_id.uom_id
            )

    def _get_seller(self, vendor=False):
        self.ensure_one()
        product = self.product_id.with_company(self.wizard_id.company_id)
        return product._select_seller(
            partner_id=vendor, quantity=self.quantity, uom_id=self.product_uom_id
        )

    @api.depends("product_id")
    def _compute_vendor_id(self):
        for line in self:
            line.vendor_id = line._get_seller().partner_id if line.product_id else False

    @api.depends("product_id", "vendor_id", "quantity", "product_uom_id")
    def _compute_price(self):
        for line in self:
            seller = (
                line._get_seller(line.vendor_id) if line.vendor_id and line.product_id else None
            )
            line.currency_id = (
                seller.currency_id if seller else line.wizard_id.company_id.currency_id
            )
            line.price_unit = (
                seller.product_uom_id._compute_price(seller.price, line.product_uom_id)
                if seller
                else 0.0
            )
