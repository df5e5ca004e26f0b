from odoo import api, fields, models
from odoo.exceptions import UserError


class SercomCounterPickup(models.TransientModel):
    """Parts picked up at a vendor's counter for a job: what, how many, and the slip.

    Technicians use it on their own jobs. It shows no price, and what it makes is the office's
    to check: see ``fsm.order._record_pickup``.
    """

    _name = "sercom.counter.pickup"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Parts picked up at the counter"

    fsm_order_id = fields.Many2one("fsm.order", string="Job", required=True, readonly=True)
    company_id = fields.Many2one(related="fsm_order_id.company_id")
    allowed_vendor_ids = fields.Many2many(
        "res.partner", compute="_compute_allowed_vendor_ids", compute_sudo=True
    )
    vendor_id = fields.Many2one(
        "res.partner", required=True, domain="[('id', 'in', allowed_vendor_ids)]"
    )
    slip = fields.Char(
        "Slip Number",
        required=True,
        help="Number printed on the vendor's slip. A slip sent twice is recorded once.",
    )
    photo = fields.Image("Photo of the Slip", max_width=1920, max_height=1920)
    line_ids = fields.One2many("sercom.counter.pickup.line", "wizard_id", string="Parts")

    @api.model
    def _get_writable_fields(self):
        own = {"vendor_id", "slip", "photo", "line_ids"}
        return {"fieldservice.group_fsm_user_own": own}

    @api.model
    def _get_creatable_fields(self):
        return {"fieldservice.group_fsm_user_own": {"fsm_order_id"}}

    @api.depends("fsm_order_id")
    def _compute_allowed_vendor_ids(self):
        for company, wizards in self.grouped("company_id").items():
            wizards.allowed_vendor_ids = self.env["fsm.order"]._get_counter_vendors(company)

    def action_record(self):
        """Record the pick-up and go back to the job."""
        self.ensure_one()
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "Add what you picked up for %s before recording it.", self.fsm_order_id.name
                )
            )
        parts = {}
        for line in self.line_ids:
            if line.quantity <= 0:
                raise UserError(
                    self.env._(
                        "%s has no quantity. Say how many you picked up, or take it off the list.",
                        line.product_id.display_name,
                    )
                )
            parts[line.product_id] = parts.get(line.product_id, 0.0) + line.quantity
        order = self.fsm_order_id._record_pickup(self.vendor_id, self.slip, parts, self.photo)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                **self._prepare_notice(order),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _prepare_notice(self, order):
        """What the person reads of the order, of superuser, that was made."""
        if order.state != "to approve":
            return {
                "type": "success",
                "message": self.env._("The pick-up is recorded. The office checks the rest."),
            }
        limit = self.fsm_order_id._get_pickup_limit()
        return {
            "type": "warning",
            "sticky": True,
            "message": self.env._(
                "Slip %(slip)s is recorded and waits for approval: with it, your day is above the "
                "%(limit)s that you may spend at counters. %(approver)s is told. Until it is "
                "approved the parts do not count as yours: if you hear nothing, call the office.",
                slip=order.counter_slip,
                limit=order.company_id.currency_id.format(limit),
                approver=order._get_pickup_approver().name or self.env._("The office"),
            ),
        }


class SercomCounterPickupLine(models.TransientModel):
    _name = "sercom.counter.pickup.line"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Part picked up at the counter"

    wizard_id = fields.Many2one(
        "sercom.counter.pickup", required=True, ondelete="cascade", index=True
    )
    product_id = fields.Many2one(
        "product.product",
        string="Part",
        required=True,
        domain="[('purchase_ok', '=', True), ('sale_ok', '=', True), ('type', '=', 'consu'),"
        " ('tracking', '=', 'none')]",
    )
    quantity = fields.Float(digits="Product Unit", required=True, default=1.0)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")

    @api.model
    def _get_writable_fields(self):
        return {"fieldservice.group_fsm_user_own": {"product_id", "quantity"}}

    @api.model
    def _get_creatable_fields(self):
        return {"fieldservice.group_fsm_user_own": {"wizard_id"}}
