from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.sercom_jobs.tools.job.schedule import to_local

from .hr_attendance_overlap import SPAN_FIELDS

MANAGER = "hr_attendance.group_hr_attendance_manager"
WORK_TYPES = [("work", "Work"), ("travel", "Travel"), ("other", "Other")]
OUT_REASONS = [("switch", "Next Task"), ("break", "Break"), ("end", "End")]
REVIEW_REASONS = [
    ("forgotten", "Clock-out forgotten"),
    ("too_long", "Very long"),
    ("auto", "Clocked out automatically"),
]


class HrAttendance(models.Model):
    """The clock entry: from when to when a person worked, on which job, and where they punched.

    It is the only clock of the firm: Odoo's top bar and kiosk, the job's buttons and the phone
    write the same entries. A break is no entry but the gap between two. An entry that somebody
    must look at first (``review_reason``) makes no timesheet.
    """

    _inherit = "hr.attendance"

    fsm_order_id = fields.Many2one(
        "fsm.order", string="Job", index="btree_not_null", ondelete="restrict", tracking=True
    )
    assignment_id = fields.Many2one(
        "sercom.assignment", index="btree_not_null", ondelete="set null", readonly=True
    )
    service_file_id = fields.Many2one(related="fsm_order_id.service_file_id")
    partner_id = fields.Many2one(related="fsm_order_id.partner_id", string="Client")
    fsm_location_id = fields.Many2one(related="fsm_order_id.location_id", string="Site")
    company_id = fields.Many2one(related="employee_id.company_id")
    work_type = fields.Selection(WORK_TYPES, default="work", required=True, tracking=True)
    clock_hours = fields.Float(
        compute="_compute_clock_hours",
        store=True,
        help="Hours between in and out, not rounded. Odoo's worked hours leave out the pauses of "
        "the person's schedule; a job worked through lunch is still worked.",
    )
    out_reason = fields.Selection(OUT_REASONS, string="Ended By", readonly=True)
    review_reason = fields.Selection(
        REVIEW_REASONS,
        string="To Review",
        readonly=True,
        index="btree_not_null",
        tracking=True,
        help="Why somebody must look at this entry before it becomes a timesheet.",
    )
    is_job_missing = fields.Boolean(
        "Without Job",
        compute="_compute_is_job_missing",
        store=True,
        help="A field worker's time that nobody has put on a job yet.",
    )
    in_mode = fields.Selection(selection_add=[("job", "Job")], ondelete={"job": "set default"})
    out_mode = fields.Selection(selection_add=[("job", "Job")], ondelete={"job": "set default"})
    in_uuid = fields.Char("Number of the Punch In", readonly=True, copy=False)
    out_uuid = fields.Char("Number of the Punch Out", readonly=True, copy=False)
    in_delay = fields.Float(
        "In Sent After",
        readonly=True,
        aggregator="max",
        help="Minutes between the punch and its arrival: the phone had no network.",
    )
    out_delay = fields.Float("Out Sent After", readonly=True, aggregator="max", help="In minutes.")
    in_distance_km = fields.Float("In: km from Site", readonly=True, aggregator="max")
    out_distance_km = fields.Float("Out: km from Site", readonly=True, aggregator="max")
    is_far = fields.Boolean("Far from Site", readonly=True)

    _in_uuid_uniq = models.UniqueIndex(
        "(in_uuid, employee_id) WHERE in_uuid IS NOT NULL", "This punch was already taken."
    )
    _out_uuid_uniq = models.UniqueIndex(
        "(out_uuid, employee_id) WHERE out_uuid IS NOT NULL", "This punch was already taken."
    )

    # Computes

    @api.depends("check_in", "check_out")
    def _compute_clock_hours(self):
        for entry in self:
            length = entry.check_in and entry.check_out and entry.check_out - entry.check_in
            entry.clock_hours = length.total_seconds() / 3600 if length else 0.0

    @api.depends("fsm_order_id", "check_out", "work_type", "in_mode", "employee_id")
    def _compute_is_job_missing(self):
        loose = self.filtered(
            lambda entry: (
                entry.check_out
                and not entry.fsm_order_id
                and entry.work_type != "other"
                and entry.in_mode != "technical"
            )
        )
        workers = self.env["hr.employee"]
        if loose:
            persons = self.env["fsm.person"].sudo()
            workers = persons.search([("employee_id", "in", loose.employee_id.ids)]).employee_id
        for entry in self:
            entry.is_job_missing = entry in loose and entry.employee_id.sudo() in workers

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._give_block(vals)
        spans = [self._get_new_span(vals) for vals in vals_list]
        with self.browse()._refusing_overlaps([span for span in spans if span[0]]):
            entries = super().create(vals_list)
        entries._flag_odd_hours(vals_list)
        entries._sync_timesheets(entries)
        return entries

    def write(self, vals):
        ends = not {"check_in", "check_out", "out_mode"}.isdisjoint(vals)
        touches = ends or not self._get_timesheet_fields().isdisjoint(vals)
        # What was still open has no timesheet yet.
        fresh = self.filtered(lambda entry: not entry.check_out) if touches else self
        if SPAN_FIELDS.isdisjoint(vals):
            res = super().write(vals)
        else:
            with self._refusing_overlaps([entry._get_new_span(vals) for entry in self]):
                res = super().write(vals)
                self.flush_recordset()
        if not {"fsm_order_id", "employee_id"}.isdisjoint(vals) and "assignment_id" not in vals:
            self._follow_job()
        if ends:
            self._flag_odd_hours([vals] * len(self))
        if touches:
            self._sync_timesheets(fresh)
        return res

    @api.model
    def _give_block(self, vals):
        """Complete the values of a new entry by the block of its person on the job."""
        if not vals.get("fsm_order_id") or not vals.get("employee_id") or "assignment_id" in vals:
            return
        person = self.env["hr.employee"].sudo().browse(vals["employee_id"])
        job = self.env["fsm.order"].browse(vals["fsm_order_id"])
        _employee_id, start, _end = self.browse()._get_new_span(vals)
        vals["assignment_id"] = self._get_blocks(person, job, start).get(person)

    def _follow_job(self):
        """Put these entries on the blocks of their persons on the jobs that they are of now."""
        for entry in self.sudo():
            person = entry.employee_id
            blocks = self._get_blocks(person, entry.fsm_order_id, entry.check_in)
            if entry.assignment_id.id != blocks.get(person, False):
                entry.assignment_id = blocks.get(person)

    def _flag_odd_hours(self, vals_list):
        """Hold back entries that just got an end nobody punched, or too many hours."""
        flags = {}
        for entry, vals in zip(self, vals_list, strict=True):
            if not entry.check_out or "review_reason" in vals:
                continue
            reason = entry._get_odd_reason()
            if reason != entry.review_reason:
                flags.setdefault(reason, []).append(entry.id)
        for reason, ids in flags.items():
            self.browse(ids).sudo().write({"review_reason": reason})

    def _get_odd_reason(self):
        """Why a person must look at this one closed entry; ``False`` when nothing is odd."""
        if self.env.context.get("is_hours_confirmed"):
            return False
        if self.out_mode == "auto_check_out":
            return "auto"
        longest = self.sudo().employee_id.company_id.clock_max_hours
        if longest and self.clock_hours > longest:
            return self.review_reason or "too_long"
        # Who forgot to clock out is believed only once somebody has looked.
        return "forgotten" if self.review_reason == "forgotten" else False

    def _check_not_own(self):
        """Refuse a decision on one's own hours, except to managers."""
        own = self.filtered(lambda entry: entry.sudo().employee_id.user_id == self.env.user)
        if own and not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._(
                    "%s: nobody decides on their own hours. Ask a manager.",
                    own[0]._get_entry_label(),
                )
            )

    def action_confirm_hours(self):
        """Say that the hours of odd entries are right: they become timesheets."""
        self.check_access("write")
        odd = self.filtered("review_reason")
        odd._check_not_own()
        for entry in odd:
            entry._message_log(body=self.env._("The hours of this entry were confirmed."))
        odd.with_context(is_hours_confirmed=True).write({"review_reason": False})
        return True

    def _get_tz(self):
        """Name of the time zone that the days of this one entry are cut in."""
        self.ensure_one()
        return self.sudo().employee_id._get_planning_tz()

    def _get_local_start(self):
        """When this one entry began, by the person's clock (naive)."""
        return to_local(self.check_in, self._get_tz())
