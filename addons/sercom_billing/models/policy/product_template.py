from odoo import fields, models

POLICY_FIELDS = frozenset({"service_policy", "invoice_policy", "service_type"})


class ProductTemplate(models.Model):
    """A service may be the rate of a job position: plumber, apprentice."""

    _inherit = "product.template"

    rate_position_ids = fields.Many2many(
        "hr.job",
        "sercom_billing_rate_position_rel",
        "product_id",
        "position_id",
        string="Rate of",
        help="Job positions whose hours are billed at this rate. None: everybody's.",
    )

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
        lines = lines.search(
            [
                ("product_id.product_tmpl_id", "in", self.ids),
                ("fsm_order_id.state", "not in", ("done", "cancelled")),
                ("fsm_order_id", "!=", False),
                ("state", "=", "sale"),
            ]
        )
        for name in ("qty_delivered_method", "qty_delivered", "qty_to_invoice", "invoice_status"):
            self.env.add_to_compute(lines._fields[name], lines)
        lines._sync_ledger()
