from odoo import fields, models

from odoo.addons.sercom_requests.tools.local_time import local_date, local_days


class ResCompany(models.Model):
    _inherit = "res.company"

    pickup_limit = fields.Monetary(
        "Counter Limit per Day",
        default=500.0,
        currency_field="currency_id",
        help="What a technician may spend at vendors' counters in one day, all slips together, "
        "taxes included, unless their employee file says otherwise. What goes past it is approved "
        "by somebody first; 0 to have each purchase order approved.",
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

    def _get_spent_at_counters(self, user):
        """What somebody has spent today at counters for this one company without being asked.

        :return: taxes included, in the company's currency; what others approved is not in it
        """
        self.ensure_one()
        zone = self.partner_id.tz or self.resource_calendar_id.tz or "UTC"
        start, end = local_days(local_date(fields.Datetime.now(), zone), 1, zone)
        domain = [
            ("company_id", "=", self.id),
            ("create_uid", "=", user.id),
            ("date_approve", ">=", start),
            ("date_approve", "<", end),
            ("state", "!=", "cancel"),
        ]
        [(spent,)] = self.env["purchase.order"]._read_group(domain, [], ["counter_amount:sum"])
        return spent
