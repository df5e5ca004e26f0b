from odoo import fields, models


class HrEmployee(models.Model):
    """What the person may spend at a vendor's counter without being asked."""

    _inherit = "hr.employee"
    _is_history_kept = True

    has_pickup_limit = fields.Boolean(
        "Own Counter Limit",
        groups="hr.group_hr_user",
        tracking=True,
        help="This person's limit for parts picked up at a counter is not the company's.",
    )
    pickup_limit = fields.Monetary(
        "Counter Limit per Day",
        currency_field="currency_id",
        groups="hr.group_hr_user",
        tracking=True,
        help="What this person may spend at vendors' counters in one day, all slips together, "
        "taxes included. What goes past it is approved by somebody first; 0 to have each purchase "
        "order approved.",
    )

    _pickup_limit_positive = models.Constraint(
        "CHECK (pickup_limit >= 0)", "The limit for pick-ups at a counter is not negative."
    )

    def _get_pickup_limit(self):
        """What this one person may spend at counters in a day, in their company's currency."""
        self.ensure_one()
        own = self.sudo()  # sudo: people do not read their own file's settings
        return own.pickup_limit if own.has_pickup_limit else own.company_id.pickup_limit
