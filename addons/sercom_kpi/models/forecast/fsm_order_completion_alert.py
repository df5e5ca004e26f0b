from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sercom_jobs.models.job.fsm_order import CLOSED_STATES
from odoo.addons.sercom_jobs.models.job.fsm_order_costs import MARGIN_GROUPS
from odoo.addons.sercom_requests.tools.field_access import MANAGER

BATCH = 200
ACTIVITY = "sercom_kpi.mail_activity_type_margin"


class FsmOrder(models.Model):
    """Tells a manager once of a job whose margin may end too low, while it can be saved."""

    _inherit = "fsm.order"

    completion_warned_on = fields.Date(
        "Warned of the Margin On",
        copy=False,
        readonly=True,
        groups=MARGIN_GROUPS,
        help="The day a manager was told that the margin may end below its target.",
    )

    @api.model
    def _cron_warn_margin(self):
        """Look at each open job that nobody was warned of."""
        domain = Domain("state", "not in", CLOSED_STATES) & Domain(
            "completion_warned_on", "=", False
        )
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        last_id = 0
        while jobs := self.search(domain & Domain("id", ">", last_id), order="id", limit=BATCH):
            last_id = jobs[-1].id
            jobs.filtered("is_margin_at_risk")._warn_margin()
            if not self.env["ir.cron"]._commit_progress(len(jobs)):
                break

    def _warn_margin(self):
        """Give a manager of each job its one activity.

        It names no amount: whoever reads the job reads its activities.
        """
        today = fields.Date.context_today(self)
        kind = self.env.ref(ACTIVITY)
        model_id = self.env["ir.model"]._get_id(self._name)
        candidates = {
            job: [*job.service_file_id.user_id, *job.sale_id.user_id, *job.create_uid]
            for job in self
        }
        recipients = self.env["res.users"]._get_recipients(candidates, MANAGER)
        vals_list = [
            {
                "res_model_id": model_id,
                "res_id": job.id,
                "activity_type_id": kind.id,
                "automated": True,
                "user_id": user.id,
                "date_deadline": today,
                "summary": kind.with_context(lang=user.lang).summary,
            }
            for job, user in recipients.items()
            if user
        ]
        # The activity is the notice: no e-mail beside it.
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(vals_list)
        self.completion_warned_on = today
