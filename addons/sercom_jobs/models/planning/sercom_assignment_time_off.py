from markupsafe import Markup

from odoo import api, models

ACTIVITY = "sercom_jobs.mail_activity_type_time_off"


class SercomAssignment(models.Model):
    """Time off that comes after the plan.

    One activity per job, however many blocks and leaves: it goes when nobody planned on the job
    is off any more. Who planned them gets one message for all the jobs that time off hits.
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
        found = blocks._get_time_off_facts(jobs)
        self._remove_time_off_activities(activities, found)
        planners = jobs._get_planners()
        notes = {
            job: Markup("<br/>").join(blocks._describe_time_off(facts, planners[job].lang))
            for job, facts in found.items()
        }
        known = {activity.res_id: activity for activity in activities}
        untold = {job: note for job, note in notes.items() if job.id not in known}
        for job in notes.keys() - untold.keys():
            known[job.id].note = notes[job]
        kind, model_id = self.env.ref(ACTIVITY), self.env["ir.model"]._get_id("fsm.order")
        # One message tells of them all: Odoo would write one for each.
        activities.with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": kind.id,
                    "automated": True,
                    "note": note,
                    "res_model_id": model_id,
                    "res_id": job.id,
                    "user_id": planners[job].id,
                }
                for job, note in untold.items()
            ]
        )
        by_planner = {}
        for job, note in untold.items():
            by_planner.setdefault(planners[job], {})[job] = note
        for planner, own in by_planner.items():
            if planner != self.env.user:  # who takes it knows
                self._notify_time_off(planner, own)

    @api.model
    def _notify_time_off(self, planner, notes):
        """Write to who planned jobs, in their language, that people planned there are now off.

        :param dict notes: ``{job: its Markup}``
        """
        local = self.with_context(lang=planner.lang or self.env.lang)
        line = Markup("<p>%s<br/>%s</p>")
        local.env["mail.thread"].message_notify(
            partner_ids=planner.partner_id.ids,
            subject=local.env._("Planned on time off: %s", ", ".join(job.name for job in notes)),
            body=Markup("").join(line % (job._get_html_link(), notes[job]) for job in notes),
        )

    @api.model
    def _describe_time_off(self, facts, lang):
        words = self.with_context(lang=lang or self.env.lang)._put_in_words(facts)
        return [text for _kind, _level, text in words]

    def _clean_time_off_activities(self):
        """Take the activities off the jobs of these blocks, in sudo, where nobody is off now."""
        activities = self._get_time_off_activities(self.fsm_order_id)
        if activities:
            jobs = activities.env["fsm.order"].browse(activities.mapped("res_id"))
            self._remove_time_off_activities(activities, self._get_time_off_facts(jobs))

    def _remove_time_off_activities(self, activities, found):
        ids = {job.id for job in found}
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

    def _get_time_off_facts(self, jobs):
        """What says that people of jobs are planned on their time off: ``{job: [Fact]}``."""
        flagged = self.search([("fsm_order_id", "in", jobs.ids), ("has_warning", "=", True)])
        found = {}
        for block, facts in flagged._find_facts().items():
            off = [fact for fact in facts if fact.kind == "time_off"]
            if off and not block.conflict_override:
                found.setdefault(block.fsm_order_id, []).extend(off)
        return found
