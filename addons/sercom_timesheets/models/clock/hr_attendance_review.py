from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.sercom_requests.tools.wording import format_number

from .sercom_clock_correction import OFFICER

# Minutes after which a punch that was sent late is worth a look.
LATE_MINUTES = 15


class HrAttendance(models.Model):
    """What a supervisor looks at: entries that are held back, without a job, far or late."""

    _inherit = "hr.attendance"

    is_reviewed = fields.Boolean(
        "Seen",
        copy=False,
        help="A supervisor has seen what was odd about this entry, and leaves it.",
    )
    review_summary = fields.Char(
        "Why", compute="_compute_review_summary", help="What is odd about this entry."
    )

    @api.depends(
        "review_reason",
        "is_job_missing",
        "is_far",
        "in_distance_km",
        "out_distance_km",
        "in_delay",
        "out_delay",
        "has_open_correction",
    )
    def _compute_review_summary(self):
        reasons = dict(self._fields["review_reason"]._description_selection(self.env))
        for entry in self:
            words = [reasons.get(entry.review_reason)]
            if entry.is_job_missing:
                words.append(self.env._("Without job"))
            if entry.is_far:
                distance = max(entry.in_distance_km, entry.out_distance_km)
                words.append(
                    self.env._("%s km from the site", format_number(self.env, round(distance, 1)))
                )
            delay = max(entry.in_delay, entry.out_delay)
            if delay > LATE_MINUTES:
                words.append(self.env._("Sent %s min late", round(delay)))
            if entry.has_open_correction:
                words.append(self.env._("Correction proposed"))
            entry.review_summary = " · ".join(filter(None, words))

    @api.model
    def _get_undecided_domain(self):
        """Hook: time that is over, and of which somebody must still say what it is."""
        return Domain("check_out", "!=", False) & (
            Domain("review_reason", "not in", (False, "refused"))
            | Domain("has_open_correction", "=", True)
        )

    def action_set_job(self, job_id):
        """Give entries that were clocked without a job theirs; supervisors only.

        :param int job_id: id of the job
        """
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only a supervisor says which job the hours are for."))
        job = self.env["fsm.order"].browse(job_id)
        job.check_access("read")
        if job.state == "cancelled":
            raise UserError(self.env._("%s is cancelled. Choose another job.", job.name))
        self.write({"fsm_order_id": job.id})
        return True

    def action_mark_seen(self):
        """Say that what was odd about these entries has been looked at."""
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only a supervisor reviews clock entries."))
        self.write({"is_reviewed": True})
        return True
