from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import BILLING, MANAGER


class SercomBillingAudit(models.TransientModel):
    """Which job is audited, as known on which moment: the page and the PDF are of this dialog."""

    _name = "sercom.billing.audit"
    _description = "Billing audit of a job"
    _inherit = ["sercom.field.access.mixin"]

    fsm_order_id = fields.Many2one("fsm.order", "Job", required=True, ondelete="cascade")
    moment = fields.Datetime(
        "As Known On",
        required=True,
        default=fields.Datetime.now,
        help="What the ledger said then; what came since is told apart.",
    )

    @api.model
    def _get_writable_fields(self):
        own = {"fsm_order_id", "moment"}
        return {**super()._get_writable_fields(), **dict.fromkeys((BILLING, MANAGER), own)}

    def action_show(self):
        """Open the audit as a page."""
        return self._get_report("sercom_billing.sercom_billing_audit_report_page")

    def action_print(self):
        """Print the audit as PDF."""
        return self._get_report("sercom_billing.sercom_billing_audit_report")

    def _get_report(self, name):
        self.ensure_one()
        self.check_access("read")
        self.fsm_order_id.check_access("read")
        return self.env.ref(name).report_action(self)

    def _get_audit(self):
        self.ensure_one()
        self.check_access("read")
        self.fsm_order_id.check_access("read")
        # sudo: who audits a job reads all that it billed, whoever's hours they are
        return self.fsm_order_id.sudo()._get_audit(self.moment)
