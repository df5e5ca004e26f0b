from odoo import models

from odoo.addons.sercom_jobs.models.job.fsm_order import CLOSED_STATES

START_FIELDS = frozenset({"check_in", "fsm_order_id", "work_type"})


class HrAttendance(models.Model):
    """A job's actual start and end follow its clock entries, when these are corrected too.

    A start or end that somebody typed on the job stays as it is.
    """

    _inherit = "hr.attendance"

    def _after_create(self, vals_list):
        super()._after_create(vals_list)
        # sudo: the clock writes a job's actual dates, whoever punches
        for job, own in self.sudo().grouped("fsm_order_id").items():
            work = own.filtered(lambda entry: entry.work_type == "work")
            if job and work and job.state != "cancelled":
                job._start_by_clock(min(work.mapped("check_in")))

    def _get_change_snapshot(self, vals):
        bounds = self._get_jobs_to_date(vals)._get_clock_bounds()
        return {**super()._get_change_snapshot(vals), "job_dates": bounds}

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        bounds = before["job_dates"]
        if bounds or not START_FIELDS.isdisjoint(vals):
            jobs = self._get_jobs_to_date(vals).union(*bounds)
            jobs._follow_clock(bounds)

    def _get_unlink_snapshot(self):
        # sudo: the clock writes a job's actual dates, whoever punches
        bounds = self.sudo().fsm_order_id._get_clock_bounds()
        return {**super()._get_unlink_snapshot(), "job_dates": bounds}

    def _after_unlink(self, before):
        super()._after_unlink(before)
        bounds = before["job_dates"]
        # sudo: the clock writes a job's actual dates, whoever punches
        self.env["fsm.order"].sudo().union(*bounds)._follow_clock(bounds)

    def _get_jobs_to_date(self, vals):
        """Jobs of these entries whose dates a change of them may move."""
        # sudo: the clock writes a job's actual dates, whoever punches
        jobs = self.sudo().fsm_order_id
        if not START_FIELDS.isdisjoint(vals):
            return jobs
        if "check_out" in vals:
            # The end of a job counts once it is done.
            return jobs.filtered(lambda job: job.state in CLOSED_STATES)
        return jobs.browse()
