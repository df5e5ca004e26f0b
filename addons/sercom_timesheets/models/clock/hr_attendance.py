from odoo import api, fields, models, tools
from odoo.exceptions import AccessError

from odoo.addons.sercom_requests.tools.local_time import to_local

from ...tools.work_types import WORK_TYPES

END_FIELDS = frozenset({"check_in", "check_out", "out_mode"})
# Newest first. Entries that begin in the same second: the open one, then the one that ends last.
LAST_FIRST = "check_in desc, check_out desc, id desc"
ATTENDANCE_MANAGER = "hr_attendance.group_hr_attendance_manager"
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
    _is_history_kept = True

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
    out_reason = fields.Selection(OUT_REASONS, string="Ended By", readonly=True, copy=False)
    review_reason = fields.Selection(
        REVIEW_REASONS,
        string="To Review",
        readonly=True,
        copy=False,
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
        copy=False,
        aggregator="max",
        help="Minutes between the punch and its arrival: the phone had no network.",
    )
    out_delay = fields.Float(
        "Out Sent After", readonly=True, copy=False, aggregator="max", help="In minutes."
    )
    in_distance_km = fields.Float("In: km from Site", readonly=True, copy=False, aggregator="max")
    out_distance_km = fields.Float("Out: km from Site", readonly=True, copy=False, aggregator="max")
    is_far = fields.Boolean("Far from Site", readonly=True, copy=False)

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
            persons = self.env["fsm.person"].search([("employee_id", "in", loose.employee_id.ids)])
            workers = persons.employee_id
        for entry in self:
            entry.is_job_missing = entry in loose and entry.employee_id in workers

    # What happens when an entry is made or changed

    @api.model
    def _prepare_new_vals(self, vals_list):
        vals_list = super()._prepare_new_vals(vals_list)
        if self.env.su:
            for vals in vals_list:
                self._give_block(vals)
        return vals_list

    def _after_create(self, vals_list):
        super()._after_create(vals_list)
        if not self.env.su:
            self.filtered("fsm_order_id")._follow_job()
        self._flag_odd_hours(vals_list)
        self._sync_timesheets(self)

    def _get_change_snapshot(self, vals):
        # What was still open has no timesheet yet.
        entries = self if self._touches_timesheets(vals) else self.browse()
        is_open = entries.filtered(lambda entry: not entry.check_out)
        return {**super()._get_change_snapshot(vals), "open_entries": is_open}

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if not {"fsm_order_id", "employee_id"}.isdisjoint(vals) and "assignment_id" not in vals:
            self._follow_job()
        if not END_FIELDS.isdisjoint(vals):
            self._flag_odd_hours([vals] * len(self))
        if self._touches_timesheets(vals):
            self._sync_timesheets(before["open_entries"])

    @tools.ormcache("self.env.lang")
    def _creation_message(self):
        # OVERRIDE mail, which reads the name of the model at each punch.
        return super()._creation_message()

    def _touches_timesheets(self, vals):
        return not (END_FIELDS | self._get_timesheet_fields()).isdisjoint(vals)

    @api.model
    def _give_block(self, vals):
        """Complete the values of a new entry by the block of its person on the job."""
        if not vals.get("fsm_order_id") or not vals.get("employee_id") or "assignment_id" in vals:
            return
        # sudo: employees do not read each other's files
        person = self.env["hr.employee"].sudo().browse(vals["employee_id"])
        job = self.env["fsm.order"].browse(vals["fsm_order_id"])
        _employee_id, start, _end = self.browse()._get_new_span(vals)
        vals["assignment_id"] = self._get_blocks(person, job, start).get(person)

    def _follow_job(self):
        """Put these entries on the blocks of their persons on the jobs that they are of now."""
        # sudo: blocks follow the entry; nobody writes them by hand
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
        change = self._get_hours_change()
        for reason, ids in flags.items():
            # sudo: what waits for a review is written by the clock alone
            change.apply_to(self.browse(ids).sudo()).write({"review_reason": reason})

    def _get_odd_reason(self):
        """Why a person must look at the closed entry; ``False`` when nothing is odd."""
        if self.out_mode == "auto_check_out":
            return "auto"
        # sudo: a setting
        longest = self.sudo().employee_id.company_id.clock_max_hours
        if longest and self.clock_hours > longest:
            return self.review_reason or "too_long"
        # Who forgot to clock out is believed only once somebody has looked.
        return "forgotten" if self.review_reason == "forgotten" else False

    def _check_not_own(self):
        """Refuse a decision on one's own hours, except to managers."""
        # sudo: employees do not read each other's files
        own = self.filtered(lambda entry: entry.sudo().employee_id.user_id == self.env.user)
        if own and not self.env.su and not self.env.user.has_group(ATTENDANCE_MANAGER):
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
        # sudo: who may confirm was checked, and nobody else writes what waits for a review.
        odd.sudo().write({"review_reason": False})
        return True

    def _get_tz(self):
        """Name of the time zone that the days of the entry are cut in."""
        self.ensure_one()
        return self.employee_id._get_planning_tz()

    def _get_local_start(self):
        """When the entry began, by the person's clock (naive)."""
        return to_local(self.check_in, self._get_tz())
