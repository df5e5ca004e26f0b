from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime

from ..job.fsm_order import CLOSED_STATES

ALERT_TYPES = {
    "at_risk": "sercom_jobs.mail_activity_type_sla_at_risk",
    "late": "sercom_jobs.mail_activity_type_sla_late",
}
BATCH = 200


class FsmOrder(models.Model):
    """Tells the dispatcher of jobs at risk or late, once each.

    ``sla_alert`` is what the dispatcher was told. The cron looks for the jobs of which that is
    no longer true, writes their status, takes back the activity that says too little or too much
    and makes the one that is due. A job that waits for its client is left until it goes on, for
    nobody can do anything about it.
    """

    _inherit = "fsm.order"

    sla_alert = fields.Selection(
        [("at_risk", "At Risk"), ("late", "Late")],
        "Service Level Alert",
        copy=False,
        index="btree_not_null",
        help="What the dispatcher was told about the service level.",
    )

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if vals.get("date_start"):
            before["first_visits"] = self.filtered(lambda job: not job.date_start)
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if visited := before.get("first_visits"):
            # The next target has its own alerts.
            visited.sudo()._drop_sla_alerts()  # sudo: alerts are activities of dispatchers

    def _after_transition(self, state):
        res = super()._after_transition(state)
        if state in CLOSED_STATES:
            self.sudo()._drop_sla_alerts()  # sudo: alerts are activities of dispatchers
        return res

    @api.model
    def _cron_refresh_sla(self):
        """Write the status of the jobs whose clock has passed a mark, and tell of them."""
        now = fields.Datetime.now()
        domain = self._get_sla_due_domain(now)
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        last_id = 0
        while jobs := self.search(domain & Domain("id", ">", last_id), order="id", limit=BATCH):
            last_id = jobs[-1].id
            jobs._refresh_sla(now)
            if not self.env["ir.cron"]._commit_progress(len(jobs)):
                break

    @api.model
    def _get_sla_due_domain(self, now):
        """Open jobs of which the dispatcher was told something else than what is so at ``now``."""
        late = Domain("sla_late_on", "<", now)
        at_risk = Domain("sla_at_risk_on", "<=", now)
        fine = Domain("sla_at_risk_on", ">", now) | Domain("sla_at_risk_on", "=", False)
        return (
            Domain("state", "not in", CLOSED_STATES)
            & Domain("is_waiting_for_client", "=", False)
            & (
                (late & Domain("sla_alert", "!=", "late"))
                | (at_risk & ~late & Domain("sla_alert", "!=", "at_risk"))
                | (fine & Domain("sla_alert", "!=", False))
            )
        )

    def _refresh_sla(self, now):
        """Write the status of these jobs and tell of those that are at risk or late."""
        self.env.add_to_compute(self._fields["sla_status"], self)
        self._drop_sla_alerts()
        late = self.filtered(lambda job: job.sla_late_on and job.sla_late_on < now)
        at_risk = (self - late).filtered(
            lambda job: job.sla_at_risk_on and job.sla_at_risk_on <= now
        )
        late._raise_sla_alerts("late")
        at_risk._raise_sla_alerts("at_risk")

    def _drop_sla_alerts(self):
        told = self.filtered("sla_alert")
        if told:
            told.activity_unlink(list(ALERT_TYPES.values()))
            told.sla_alert = False

    def _raise_sla_alerts(self, level):
        """Give the dispatcher of each job its one activity.

        :param str level: ``at_risk`` or ``late``
        """
        if not self:
            return
        self.sla_alert = level
        kind = self.env.ref(ALERT_TYPES[level])
        model_id = self.env["ir.model"]._get_id(self._name)
        vals_list = []
        for job, user in self._get_dispatchers().items():
            local = self.with_context(lang=user.lang, tz=user.tz)
            due = job.sla_late_on or job.sla_at_risk_on
            vals_list.append(
                {
                    "res_model_id": model_id,
                    "res_id": job.id,
                    "activity_type_id": kind.id,
                    "automated": True,
                    "user_id": user.id,
                    "date_deadline": fields.Datetime.context_timestamp(local, due).date(),
                    "summary": local.env._(
                        "%(policy)s: promised before %(deadline)s",
                        policy=job.with_env(local.env).sla_policy_id.name,
                        deadline=format_datetime(local.env, due, dt_format="short"),
                    ),
                }
            )
        # The activity is the notice: no e-mail beside it.
        Activity = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        Activity.create(vals_list)
