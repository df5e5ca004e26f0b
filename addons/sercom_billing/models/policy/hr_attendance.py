from datetime import timedelta

from odoo import api, models

from odoo.addons.sercom_requests.tools.local_time import day_start

from ...tools.policy.bands import split_by_band

URGENT = "3"  # the highest priority of a job


class HrAttendance(models.Model):
    """The hours of a clock entry by the rates of the times of day they were worked at."""

    _inherit = "hr.attendance"

    def _share_by_rate(self, day, hours):
        # sudo: how it is billed, whoever punches
        job = self.sudo().fsm_order_id
        bands = self._get_fitting_bands(job)
        if not bands:
            return super()._share_by_rate(day, hours)
        line = job._get_billing_line(self.work_type, employee=self.employee_id)
        if not line or not line._is_billed_by_hours():
            return super()._share_by_rate(day, hours)
        zone = self._get_tz()
        start = max(self.check_in, day_start(day, zone))
        end = min(self.check_out, day_start(day + timedelta(days=1), zone))
        shared = split_by_band(start, end, job._get_report_zone(), bands)
        return {key or False: share for key, share in shared.items()}

    def _get_fitting_bands(self, job):
        """Bands that hours of this one entry on a job may be in, the first that fits first."""
        bands = self.env["sercom.billing.band"]._get_bands(job.company_id.id)
        if not bands:
            return []
        # sudo: the position decides, whoever writes the hours
        position = self.employee_id.sudo().job_id.id
        return [band for band in bands if band.fits(position, job.priority == URGENT)]

    @api.model
    def _prepare_rate_vals(self, rate, so_line):
        vals = super()._prepare_rate_vals(rate, so_line)
        # sudo: orders are not the technician's to write
        band = self.env["sercom.billing.band"].sudo().browse(rate or [])
        if band and so_line:
            vals["so_line"] = band._get_line(so_line).id
        return {**vals, "billing_band_id": band.id}
