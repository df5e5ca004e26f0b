from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.clock.clock import OldMomentError, UnreadableMomentError, parse_moment, true_moment
from .hr_attendance_punch import PUNCH_KINDS

# Of one person, and undecided: more than a phone refuses in a month without network.
MAX_KEPT = 100


class HrAttendance(models.Model):
    """A punch that the clock refuses is kept as a proposal when its moment can be believed."""

    _inherit = "hr.attendance"

    def _keep_refused_punch(self, vals, message):
        super()._keep_refused_punch(vals, message)
        moment = self._get_refused_moment(vals)
        if vals.get("kind") not in PUNCH_KINDS or not moment:
            return
        # sudo: a job that the user may no longer read is still named
        job = self.env["fsm.order"].sudo().browse(vals.get("job_id") or ()).exists()
        Correction = self.env["sercom.clock.correction"]
        punch = {**vals, "moment": moment, "job_id": job.id}
        for person in self._get_refused_people(job, vals.get("employee_ids")):
            # sudo: how many wait, whoever reads them
            domain = [
                ("employee_id", "=", person.id),
                ("source", "=", "refused_punch"),
                ("state", "=", "proposed"),
            ]
            # sudo: all that wait are counted, whoever may read them
            if Correction.sudo().search_count(domain, limit=MAX_KEPT) < MAX_KEPT:
                Correction._propose_from_punch(person, punch, message)

    def _get_refused_moment(self, vals):
        """When the punch was, by the server's clock; ``None`` when that is not to be believed."""
        if not vals.get("moment"):
            return fields.Datetime.now()
        try:
            moment = parse_moment(vals["moment"])
            sent = parse_moment(vals["sent"]) if vals.get("sent") else None
            return true_moment(moment, sent, fields.Datetime.now())
        except OldMomentError:
            return moment
        except (UnreadableMomentError, ValueError):
            return None

    def _get_refused_people(self, job, employee_ids):
        """People of a refused punch whom the user may clock; the user for a job not theirs."""
        empty = self.env["fsm.order"]
        for own_job in (job.with_env(self.env), empty):
            try:
                people = self._get_punched_people(own_job, employee_ids)
            except (AccessError, UserError):
                continue
            return people.filtered(
                lambda person: not job.company_id or person.company_id == job.company_id
            )
        return self.env["hr.employee"]
