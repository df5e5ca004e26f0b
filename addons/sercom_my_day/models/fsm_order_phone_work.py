from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER
from odoo.addons.sercom_requests.tools.lock import lock_rows

ACTIVITY = "sercom_my_day.mail_activity_type_phone_work"


class FsmOrder(models.Model):
    """Work that a phone sent when the job was over, or no longer its user's: it waits."""

    _inherit = "fsm.order"

    phone_work_count = fields.Integer(compute="_compute_phone_work_count", groups=DISPATCHER)

    @api.depends()  # on nothing of the job: what waits is counted when it is looked at
    def _compute_phone_work_count(self):
        counts = dict(
            self.env["sercom.phone.action"]._read_group(
                [("fsm_order_id", "in", self.ids), ("state", "=", "proposed")],
                ["fsm_order_id"],
                ["__count"],
            )
        )
        for job in self:
            job.phone_work_count = counts.get(job._origin, 0)

    def action_view_phone_work(self):
        """Window action of the work on this one job that waits to be decided."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "sercom_my_day.sercom_phone_action_action"
            ),
            "domain": [("fsm_order_id", "=", self.id)],
            "context": {"search_default_proposed": 1},
        }

    def _ask_about_phone_work(self, people):
        """Give a dispatcher of each of these jobs, as superuser, one activity.

        :param people: users whose work waits
        """
        kind = self.env.ref(ACTIVITY)
        asked = self.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
        jobs = self.filtered(lambda job: not job.activity_ids & asked)
        # Photos and the rest come in two requests at once: who is second sees the first's activity.
        lock_rows(jobs, claim=True)
        candidates = {
            job: [*job.service_file_id.user_id, *job.assignment_ids.create_uid, *job.create_uid]
            for job in jobs
        }
        deciders = self.env["res.users"]._get_recipients(candidates, DISPATCHER)
        for job, user in deciders.items():
            if user:
                told = self.with_context(lang=user.lang).env
                job.activity_schedule(
                    ACTIVITY,
                    user_id=user.id,
                    summary=told._("Decide on what %s did", ", ".join(people.mapped("name"))),
                )

    def _drop_decided_phone_work(self):
        """Take back the activities of those of these jobs, as superuser, of which nothing waits."""
        waiting = self.env["sercom.phone.action"].search(
            [("fsm_order_id", "in", self.ids), ("state", "=", "proposed")]
        )
        (self - waiting.fsm_order_id).activity_unlink([ACTIVITY])
