from odoo import models

# Of a job, what its card and its blocks show on the board, or whether it waits for people.
JOB_FIELDS = {
    "stage_id",
    "priority",
    "location_id",
    "partner_id",
    "person_ids",
    "people_count",
    "request_early",
    "request_late",
    "sale_line_ids",
    "scheduled_duration",
    "skill_ids",
    "sla_deadline",
    "sla_status",
    "team_id",
}


class FsmOrder(models.Model):
    """What the board shows of a job, and of those that wait, changes with it."""

    _inherit = "fsm.order"

    def _after_create(self, vals_list):
        super()._after_create(vals_list)
        self._notify_boards()

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if not JOB_FIELDS.isdisjoint(vals):
            self._notify_boards()

    def _get_unlink_snapshot(self):
        self._notify_boards()
        return super()._get_unlink_snapshot()

    def _notify_boards(self):
        jobs = self.sudo()  # sudo: boards show all, whoever changes the job
        for company, own in jobs.grouped("company_id").items():
            company._notify_boards(job_ids=own.ids)
        jobs.assignment_ids._notify_boards()
