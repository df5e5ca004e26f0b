from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import BILLING, MANAGER


class SercomBillingDecision(models.TransientModel):
    """Decide what becomes of hours that are not billed, and why."""

    _name = "sercom.billing.decision"
    _description = "Decide on hours that are not billed"
    _inherit = ["sercom.field.access.mixin"]

    fsm_order_ids = fields.Many2many("fsm.order", string="Jobs", required=True)
    fate = fields.Selection(
        [
            ("written_off", "Write Off"),
            ("warranty", "Warranty"),
            ("absorbed", "Absorbed by the Fixed Price"),
            ("not_chargeable", "Not Chargeable"),
            ("back", "Bill after All"),
        ],
        string="Decision",
        required=True,
        default="written_off",
    )
    reason = fields.Char(required=True, help="Kept in the billing ledger.")

    @api.model
    def _get_writable_fields(self):
        own = {"fsm_order_ids", "fate", "reason"}
        return {**super()._get_writable_fields(), **dict.fromkeys((BILLING, MANAGER), own)}

    def action_apply(self):
        """Enter the decision into the ledger, for the open hours of the jobs."""
        self.ensure_one()
        jobs = self.fsm_order_ids
        jobs.check_access("read")
        if self.fate == "back":
            # sudo: whoever's hours they are; who may decide is asked there
            jobs.sudo().sale_line_ids.timesheet_ids.sudo(self.env.su)._take_decision_back(
                self.reason
            )
            return True
        jobs._check_has_hours_to_decide()
        for job in jobs:
            hours = job._get_hours_to_decide()
            if job.unauthorized_hours:
                job._waive_unauthorized(self.fate, self.reason)
            elif job.undecided_hours:
                job._waive_latest(self.fate, self.reason, job.undecided_hours)
            else:
                hours.filtered(lambda line: line.so_line._is_billed_by_hours())._waive(
                    self.fate, self.reason
                )
        return True
