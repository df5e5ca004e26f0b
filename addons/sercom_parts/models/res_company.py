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
        return self._find_purchase_user("purchase.group_purchase_user")

    def _get_purchase_approver(self):
        """Somebody who approves purchases of this one company; nobody when it has no manager."""
        self.ensure_one()
        return self._find_purchase_user("purchase.group_purchase_manager")

    def _find_purchase_user(self, group):
        return (
            self.env["res.users"]
            .sudo()  # sudo: who asks may not read users
            .search(
                [
                    ("all_group_ids", "in", self.env.ref(group).ids),
                    ("company_ids", "in", self.ids),
                    ("share", "=", False),
                ],
                order="id",
                limit=1,
            )
        )
