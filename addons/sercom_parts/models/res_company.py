from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    pickup_limit = fields.Monetary(
        "Counter Limit",
        default=500.0,
        currency_field="currency_id",
        help="What a technician may spend on one pick-up at a vendor's counter, taxes included, "
        "unless their employee file says otherwise. Above it somebody approves the purchase order "
        "first; 0 to have each of them approved.",
    )

    _pickup_limit_positive = models.Constraint(
        "CHECK (pickup_limit >= 0)", "The limit for pick-ups at a counter is not negative."
    )

    def _get_buyer(self):
        """Somebody who may buy for this one company; nobody when it has no buyer."""
        self.ensure_one()
        return self.env["res.users"]._get_company_users("purchase.group_purchase_user", self)[:1]

    def _get_purchase_approver(self):
        """Somebody who approves purchases of this one company; nobody when it has no manager."""
        self.ensure_one()
        return self.env["res.users"]._get_company_users("purchase.group_purchase_manager", self)[:1]
