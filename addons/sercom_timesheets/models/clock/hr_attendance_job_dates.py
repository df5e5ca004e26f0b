from odoo import api, models

from odoo.addons.sercom_jobs.models.job.fsm_order import CLOSED_STATES

START_FIELDS = frozenset({"check_in", "fsm_order_id", "work_type"})


class HrAttendance(models.Model):
    """A job's actual start and end follow its clock entries, when these are corrected too.

    A start or end that somebody typed on the job stays as it is.
    """

    _inherit = "hr.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        for job, own in entries.sudo().grouped("fsm_order_id").items():
            work = own.filtered(lambda entry: entry.work_type == "work")
            if job and work and job.state != "cancelled":
                job._start_by_clock(min(work.mapped("check_in")))
        return entries

    def write(self, vals):
        jobs = self._get_jobs_to_date(vals)
        before = jobs._get_clock_bounds()
        res = super().write(vals)
        if before or not START_FIELDS.isdisjoint(vals):
            (jobs | self._get_jobs_to_date(vals))._follow_clock(before)
        return res

    def unlink(self):
        jobs = self.sudo().fsm_order_id
        before = jobs._get_clock_bounds()
        res = super().unlink()
        jobs._follow_clock(before)
        return res

    def _get_jobs_to_date(self, vals):
        """Jobs of these entries whose dates a change of them may move."""
        if not START_FIELDS.isdisjoint(vals):
            return self.sudo().fsm_order_id
        if "check_out" in vals:
            # The end of a job counts once it is done.
            return self.sudo().fsm_order_id.filtered(lambda job: job.state in CLOSED_STATES)
        return self.sudo().fsm_order_id.browse()
