from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SercomRecurringLine(models.Model):
    """A product or service of every visit of a recurring job, or of every period."""

    _name = "sercom.recurring.line"
    _description = "Line of a recurring job"
    _inherit = "sercom.field.access.mixin"
    _order = "sequence, id"
    _check_company_auto = True

    fsm_recurring_id = fields.Many2one(
        "fsm.recurring", string="Recurring Job", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="fsm_recurring_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        check_company=True,
        domain="[('sale_ok', '=', True)]",
        ondelete="restrict",
    )
    name = fields.Text("Description", help="Leave it empty to use the product's own.")
    product_uom_qty = fields.Float("Quantity", default=1.0, digits="Product Unit", required=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    price_unit = fields.Float(
        "Agreed Price",
        digits="Product Price",
        help="Before taxes. Empty: the client's price on the day.",
    )
    discount = fields.Float("Discount (%)", digits="Discount")

    @api.model
    def _get_writable_fields(self):
        return {
            **super()._get_writable_fields(),
            "fieldservice.group_fsm_user": {
                *("sequence", "product_id", "name", "product_uom_qty", "price_unit", "discount"),
            },
        }

    @api.model
    def _get_creatable_fields(self):
        return {
            **super()._get_creatable_fields(),
            "fieldservice.group_fsm_user": {"fsm_recurring_id"},
        }

    @api.constrains("product_uom_qty", "price_unit")
    def _check_not_negative(self):
        for line in self:
            if line.product_uom_qty <= 0 or line.price_unit < 0:
                raise ValidationError(
                    self.env._(
                        "%(product)s on %(recurring)s: the quantity is above zero and the price "
                        "is not negative.",
                        product=line.product_id.display_name,
                        recurring=line.fsm_recurring_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.fsm_recurring_id._note_change()
        return lines

    def write(self, vals):
        res = super().write(vals)
        self.fsm_recurring_id._note_change()
        return res

    def unlink(self):
        changed = self.fsm_recurring_id
        res = super().unlink()
        changed._note_change()
        return res

    def _prepare_sale_line_vals(self, order, job=None):
        """Values of the line of ``order`` that this one line makes.

        :param order: ``sale.order``
        :param job: the visit it is for; none for a price by period
        """
        self.ensure_one()
        vals = {
            "order_id": order.id,
            "fsm_order_id": job.id if job else False,
            "product_id": self.product_id.id,
            "product_uom_qty": self.product_uom_qty,
            "recurring_line_id": self.id,
            "is_recurring": True,
        }
        if self.name:
            vals["name"] = self.name
        return {**vals, **self._prepare_price_vals()}

    def _prepare_price_vals(self):
        if self.price_unit:
            # No discount of the client's price list comes off what was agreed.
            return {"price_unit": self.price_unit, "discount": self.discount}
        return {"discount": self.discount} if self.discount else {}
