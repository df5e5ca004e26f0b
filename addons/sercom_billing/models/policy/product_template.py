from odoo import api, fields, models

from ...tools.policy.policies import POLICIES, SERVICE_POLICIES

POLICY_FIELDS = frozenset({"billing_policy", "service_policy", "invoice_policy", "service_type"})


class ProductTemplate(models.Model):
    """How the hours of a service are billed; whose rate it is: plumber, apprentice."""

    _inherit = "product.template"
    _is_history_kept = True

    billing_policy = fields.Selection(
        POLICIES,
        "Hours Billed",
        compute="_compute_billing_policy",
        inverse="_inverse_billing_policy",
        store=True,
        readonly=False,
        tracking=True,
        help="Empty: as the company, or else Odoo's invoicing policy, says.",
    )
    rate_position_ids = fields.Many2many(
        "hr.job",
        "sercom_billing_rate_position_rel",
        "product_id",
        "position_id",
        string="Rate of",
        help="Job positions whose hours are billed at this rate. None: everybody's.",
    )

    @api.depends("service_policy")
    def _compute_billing_policy(self):
        # One that Odoo's own policy contradicts is gone: they say the same.
        for product in self:
            policy = product.billing_policy
            is_same = SERVICE_POLICIES.get(policy) == product.service_policy
            product.billing_policy = policy if is_same else False

    def _inverse_billing_policy(self):
        for product in self:
            policy = SERVICE_POLICIES.get(product.billing_policy)
            if policy and product.service_policy != policy:
                product.service_policy = policy

    @api.onchange("billing_policy")
    def _onchange_billing_policy(self):
        self._inverse_billing_policy()

    def write(self, vals):
        res = super().write(vals)
        if not POLICY_FIELDS.isdisjoint(vals):
            self._change_policy_of_jobs()
        return res

    def _change_policy_of_jobs(self):
        """Bill the open jobs of these services by the policy that they have from now on.

        Odoo reads some of it from the product and some from what the line stored: hours are
        dropped. What is billed already stays billed; jobs that are closed stay as they were.
        """
        # sudo: the jobs follow the service, whoever sets it up
        lines = self.env["sale.order.line"].sudo()
        domain = lines._get_open_lines_domain() & fields.Domain(
            [("product_id.product_tmpl_id", "in", self.ids), ("state", "=", "sale")]
        )
        lines = lines.search(domain)
        agreed = lines.sudo(self.env.su)._get_agreed_looseness()
        lines._follow_policy()
        lines._check_not_loosened(agreed)
