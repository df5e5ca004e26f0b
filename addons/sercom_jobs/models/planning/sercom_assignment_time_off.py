from markupsafe import Markup

from odoo import models

ACTIVITY = "sercom_jobs.mail_activity_type_time_off"


class SercomAssignment(models.Model):
    """Time off that comes after the plan.

    One activity per job, however many blocks and leaves: it goes when nobody planned on the job
    is off any more.
    """

    _inherit = "sercom.assignment"

    def _follow_time_off(self):
        """Look again at these blocks, whose people's time off has changed, and tell who plans."""
        if not self:
            return
        blocks = self.sudo()  # sudo: who takes time off may not read all they are planned on
        blocks._refresh_warnings()
        jobs = blocks.fsm_order_id
        activities = blocks._get_time_off_activities(jobs)
        told = blocks._get_time_off_texts(jobs)
        self._remove_time_off_activities(activities, told)
        planners = jobs._get_planners()
        activity_type = self.env.ref(ACTIVITY)
        vals_list = []
        for job, texts in told.items():
            note = Markup("<br/>").join(texts)
            if known := activities.filtered(lambda activity, job=job: activity.res_id == job.id):
                known.note = note
                continue
            vals_list.append(
                {
                    "activity_type_id": activity_type.id,
                    "automated": True,
                    "note": note,
                    "res_model_id": self.env["ir.model"]._get_id("fsm.order"),
                    "res_id": job.id,
                    "user_id": planners[job].id,
                }
            )
        activities.create(vals_list)

    def _clean_time_off_activities(self):
        """Take the activities off the jobs of these blocks, in sudo, where nobody is off now."""
        activities = self._get_time_off_activities(self.fsm_order_id)
        if activities:
            jobs = activities.env["fsm.order"].browse(activities.mapped("res_id"))
            self._remove_time_off_activities(activities, self._get_time_off_texts(jobs))

    def _remove_time_off_activities(self, activities, told):
        ids = {job.id for job in told}
        activities.filtered(lambda activity: activity.res_id not in ids).unlink()

    def _get_time_off_activities(self, jobs):
        activity_type = self.env.ref(ACTIVITY, raise_if_not_found=False)
        Activity = self.env["mail.activity"]
        if not activity_type or not jobs:
            return Activity
        return Activity.search(
            [
                ("res_model", "=", "fsm.order"),
                ("res_id", "in", jobs.ids),
                ("activity_type_id", "=", activity_type.id),
            ]
        )

    def _get_time_off_texts(self, jobs):
        """Words for the people of jobs who are planned on their time off: ``{job: [text]}``."""
        flagged = self.search([("fsm_order_id", "in", jobs.ids), ("has_warning", "=", True)])
        told = {}
        for block, conflicts in flagged._find_conflicts().items():
            texts = [text for kind, _level, text in conflicts if kind == "time_off"]
            if texts and not block.conflict_override:
                told.setdefault(block.fsm_order_id, []).extend(texts)
        return told
