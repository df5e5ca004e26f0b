from odoo import api, fields, models
from odoo.tools import format_duration

from ...tools.policy.policies import CAPPED

TINY = 1 / 120  # half a minute


class FsmOrder(models.Model):
    """What of the job's hours the client authorised: those sold, and change orders approved."""

    _inherit = "fsm.order"

    is_capped = fields.Boolean(
        "Not to Exceed",
        compute="_compute_authorized_hours",
        compute_sudo=True,
        help="Hours are billed as worked, and never above those that the client authorised.",
    )
    authorized_hours = fields.Float(
        compute="_compute_authorized_hours",
        compute_sudo=True,
        help="Hours that the client accepted, with the change orders approved since. What is added "
        "later, on site or by the office, is not among them.",
    )
    unauthorized_hours = fields.Float(
        "Hours Not Authorised",
        compute="_compute_authorization",
        compute_sudo=True,
        help="Hours over the authorised ones: not billed before the client approves them.",
    )
    authorized_left_hours = fields.Float(
        "Authorised Hours Left", compute="_compute_authorization", compute_sudo=True
    )
    authorization_warning = fields.Char(compute="_compute_authorization", compute_sudo=True)

    @api.depends(
        "sale_line_ids.product_uom_qty",
        "sale_line_ids.product_uom_id",
        "sale_line_ids.product_id",
        "sale_line_ids.state",
        "sale_line_ids.agreed_hours",
        "sale_line_ids.effective_billing_policy",
    )
    def _compute_authorized_hours(self):
        lines = self.sale_line_ids.filtered(lambda line: line.state == "sale")._get_accepted()
        hours = lines._get_authorized_hours()
        for job in self:
            own = job.sale_line_ids & lines
            job.authorized_hours = sum(hours[line] for line in own)
            job.is_capped = CAPPED in own.mapped("effective_billing_policy")

    @api.depends(
        "authorized_hours",
        "timesheet_ids.billable_hours",
        "timesheet_ids.unauthorized_hours",
        "timesheet_ids.waived_hours",
        "company_id.authorized_warning",
    )
    def _compute_authorization(self):
        groups = self.env["account.analytic.line"]._read_group(
            [
                ("fsm_order_id", "in", self._origin.filtered("is_capped").ids),
                ("project_id", "!=", False),
                ("so_line.effective_billing_policy", "=", CAPPED),
            ],
            ["fsm_order_id"],
            ["billable_hours:sum", "unauthorized_hours:sum", "waived_hours:sum"],
        )
        sums = {job.id: values for job, *values in groups}
        for job in self:
            billable, over, waived = sums.get(job._origin.id, (0.0, 0.0, 0.0))
            used = (billable or 0.0) - (waived or 0.0) + (over or 0.0)
            job.unauthorized_hours = max(over or 0.0, 0.0)
            job.authorized_left_hours = job.authorized_hours - used
            job.authorization_warning = job._get_authorization_warning(used)

    def _get_authorization_warning(self, used):
        """What to tell of this one job whose clients pay ``used`` hours; may be empty."""
        share = self.company_id.authorized_warning
        if not self.is_capped or not used:
            return False
        if self.unauthorized_hours > TINY:
            return self.env._(
                "%(over)s h over the %(authorized)s h that the client authorised. They are not "
                "billed before the client approves them.",
                over=format_duration(self.unauthorized_hours),
                authorized=format_duration(self.authorized_hours),
            )
        if share and used >= self.authorized_hours * share / 100:
            return self.env._(
                "%(left)s h are left of the %(authorized)s h that the client authorised. Ask "
                "before going on past them.",
                left=format_duration(max(self.authorized_left_hours, 0.0)),
                authorized=format_duration(self.authorized_hours),
            )
        return False

    def _follow_authorization(self):
        """Make billable what of the hours of these jobs is authorised from now on."""
        # sudo: the hours follow what is authorised, whoever sells it
        jobs = self.sudo()
        jobs.timesheet_ids._reckon(jobs.timesheet_ids._get_capped_siblings())
        jobs.sale_line_ids._get_billed_ahead()._sync_ledger()
