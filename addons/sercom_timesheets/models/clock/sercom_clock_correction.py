from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime

from odoo.addons.sercom_requests.tools.local_time import to_local
from odoo.addons.sercom_requests.tools.wording import format_moment

from .hr_attendance import ATTENDANCE_MANAGER

OFFICER = "hr_attendance.group_hr_attendance_officer"
# What a correction changes of an entry.
CLOCK_FIELDS = ("check_in", "check_out", "fsm_order_id", "work_type")
NEW_FIELDS = tuple(f"new_{name}" for name in CLOCK_FIELDS)
OLD_FIELDS = tuple(f"old_{name}" for name in CLOCK_FIELDS)
SOURCES = [
    ("technician", "Proposed"),
    ("forgotten", "Forgotten Clock-Out"),
    ("refused_punch", "Refused Punch"),
    ("direct", "Edited by a Supervisor"),
]

FINDINGS = [
    ("plan", "Nobody clocked out. The end is proposed from the plan."),
    ("no_plan", "Nobody clocked out, and no plan says when the work ended."),
]


class SercomClockCorrection(models.Model):
    """What somebody says a clock entry should have been, and what was decided.

    How it works: a correction keeps what the entry said before (``old_*``) and what it should
    say (``new_*``, all of it: what does not change is there too). Nothing changes until a
    supervisor accepts it (``sercom_clock_correction_decision``); the entry and its timesheet
    lines then follow. One without an entry proposes an entry that is missing. What was decided
    is kept for ever: with the old values of each, every first punch can be read again.
    """

    _name = "sercom.clock.correction"
    _description = "Correction of a Clock Entry"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _is_history_kept = True
    _order = "id desc"
    _check_company_auto = True

    attendance_id = fields.Many2one(
        "hr.attendance",
        "Clock Entry",
        index="btree_not_null",
        ondelete="set null",
        help="Empty: an entry is missing, and is made when this is accepted.",
    )
    employee_id = fields.Many2one(
        "hr.employee",
        "Person",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user.employee_id,
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    old_check_in = fields.Datetime("Clock In Before", readonly=True)
    old_check_out = fields.Datetime("Clock Out Before", readonly=True)
    old_fsm_order_id = fields.Many2one(
        "fsm.order", "Job Before", readonly=True, index="btree_not_null"
    )
    old_work_type = fields.Selection(
        selection="_get_work_types", string="Kind of Work Before", readonly=True
    )
    new_check_in = fields.Datetime("Clock In", required=True)
    new_check_out = fields.Datetime("Clock Out", help="Empty while the person is still at work.")
    new_fsm_order_id = fields.Many2one(
        "fsm.order", "Job", index="btree_not_null", check_company=True
    )
    new_work_type = fields.Selection(
        selection="_get_work_types", string="Kind of Work", required=True, default="work"
    )
    old_hours = fields.Float("Hours Before", compute="_compute_hours", help="Hours of the clock.")
    new_hours = fields.Float("Hours", compute="_compute_hours", help="Hours of the clock.")
    change = fields.Char(
        compute="_compute_change",
        compute_sudo=True,
        help="What would be otherwise, or is since.",
    )
    reason = fields.Text(
        compute="_compute_reason",
        inverse="_inverse_reason",
        search="_search_reason",
        required=True,
        help="What happened, for who decides and for later.",
    )
    typed_reason = fields.Text(readonly=True, help="As somebody said it, in their words.")
    finding = fields.Selection(
        FINDINGS, readonly=True, help="What Sercom found, said in the reader's words."
    )
    source = fields.Selection(
        SOURCES,
        default="technician",
        required=True,
        readonly=True,
        index=True,
        help="Proposed by the person; found by Sercom because nobody clocked out; a punch of the "
        "phone that came too late to be one; or a supervisor's own edit of an entry.",
    )
    punch_uuid = fields.Char("Number of the Punch", readonly=True, copy=False)
    punch_out_uuid = fields.Char("Number of the Last Punch", readonly=True, copy=False)
    proposed_by_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.user,
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    proposed_on = fields.Datetime(default=fields.Datetime.now, readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False, index="btree_not_null")
    decided_on = fields.Datetime(readonly=True, copy=False)
    decision_note = fields.Text("Note", copy=False, help="Why, for who proposed it.")
    state = fields.Selection(
        [
            ("proposed", "To Decide"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        default="proposed",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    may_decide = fields.Boolean(compute="_compute_may_decide", compute_sudo=True)
    may_withdraw = fields.Boolean(compute="_compute_may_decide", compute_sudo=True)

    _reason_given = models.Constraint(
        "CHECK (typed_reason IS NOT NULL OR finding IS NOT NULL)",
        "Say why the clock entry should be otherwise.",
    )
    _punch_uuid_uniq = models.UniqueIndex(
        "(punch_uuid, employee_id) WHERE punch_uuid IS NOT NULL",
        "This punch has been sent already.",
    )
    _punch_out_uuid_uniq = models.UniqueIndex(
        "(punch_out_uuid, employee_id) WHERE punch_out_uuid IS NOT NULL",
        "This punch has been sent already.",
    )
    _open_proposal_uniq = models.UniqueIndex(
        "(attendance_id, source) "
        "WHERE state = 'proposed' AND source IN ('technician', 'forgotten')",
        "A correction of this entry waits for a decision already.",
    )

    @api.model
    def _get_work_types(self):
        return self.env["hr.attendance"]._fields["work_type"]._description_selection(self.env)

    @api.depends("typed_reason", "finding")
    @api.depends_context("lang")
    def _compute_reason(self):
        words = dict(self._fields["finding"]._description_selection(self.env))
        for correction in self:
            correction.reason = correction.typed_reason or words.get(correction.finding, False)

    def _inverse_reason(self):
        for reason, corrections in self.grouped("reason").items():
            # sudo: whether they may write it was checked as they wrote ``reason``
            corrections.sudo().write({"typed_reason": reason, "finding": False})

    def _search_reason(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        domain = Domain("typed_reason", operator, value)
        if operator == "ilike":
            words = self._fields["finding"]._description_selection(self.env)
            found = [code for code, label in words if value.lower() in label.lower()]
            domain |= Domain("finding", "in", found)
        return domain

    @api.depends("old_check_in", "old_check_out", "new_check_in", "new_check_out")
    def _compute_hours(self):
        for correction in self:
            for when in ("old", "new"):
                start, end = correction[f"{when}_check_in"], correction[f"{when}_check_out"]
                hours = (end - start).total_seconds() / 3600 if start and end else 0.0
                correction[f"{when}_hours"] = hours

    @api.depends(*OLD_FIELDS, *NEW_FIELDS, "employee_id")
    @api.depends_context("lang")
    def _compute_change(self):
        kinds = dict(self._get_work_types())
        for correction in self:
            if not correction.old_check_in:
                correction.change = self.env._("Missing entry")
                continue
            zone = correction.employee_id._get_planning_tz()
            day = to_local(correction.new_check_in, zone).date()
            words = []
            for name, label in (
                ("check_in", self.env._("In")),
                ("check_out", self.env._("Out")),
                ("fsm_order_id", self.env._("Job")),
                ("work_type", self.env._("Work")),
            ):
                pair = correction[f"old_{name}"], correction[f"new_{name}"]
                if pair[0] == pair[1] and (pair[0] or name != "check_out"):
                    continue
                if name in ("check_in", "check_out"):
                    pair = [when and self._format_moment(when, zone, day) for when in pair]
                elif name == "work_type":
                    pair = [kinds.get(kind) for kind in pair]
                else:
                    pair = [job.name for job in pair]
                words.append(f"{label} {pair[0] or '…'} → {pair[1] or '?'}")
            correction.change = " · ".join(words)

    @api.depends("employee_id", "new_check_in", "new_check_out", "new_fsm_order_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for correction in self:
            if correction.new_check_in:
                correction.display_name = correction._get_label()
            else:
                # sudo: words; employees do not read each other's files
                correction.display_name = correction.sudo().employee_id.name or ""

    @api.depends("employee_id", "proposed_by_id", "state")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        officer, manager = map(self.env.user.has_group, (OFFICER, ATTENDANCE_MANAGER))
        for correction in self:
            waits = correction.state == "proposed"
            own = correction.employee_id.user_id == self.env.user
            correction.may_decide = waits and officer and (manager or not own)
            proposer = own or correction.proposed_by_id == self.env.user
            correction.may_withdraw = waits and (proposer or manager)

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        entry = self.env["hr.attendance"].browse(defaults.get("attendance_id"))
        if entry:
            entry.check_access("read")
            wanted = {**self._prepare_old_vals(entry), "employee_id": entry.employee_id.id}
            for name in CLOCK_FIELDS:
                wanted[f"new_{name}"] = wanted[f"old_{name}"]
            # The entry's own words, whoever asks: a field's default knows nothing of it.
            given = {name for name in wanted if f"default_{name}" in self.env.context}
            defaults |= {k: v for k, v in wanted.items() if k in fields and k not in given}
        return defaults

    # Proposing

    @api.model
    def propose(self, vals):
        """Propose an entry that is missing; anybody for themselves, a supervisor for others.

        :param dict vals: ``check_in``, ``check_out`` (UTC), ``reason``, and as known
            ``fsm_order_id``, ``work_type``, ``employee_id``
        :return: the proposal
        :raises UserError: naming the person and what cannot be in the times
        """
        return self.create(self._rename(vals))

    @api.model
    def _rename(self, vals):
        """Names of an entry's fields as names of what a correction proposes."""
        return {f"new_{name}" if name in CLOCK_FIELDS else name: vals[name] for name in vals}

    # Words

    def _get_label(self):
        self.ensure_one()
        return self._describe(
            self.employee_id, self.new_check_in, self.new_check_out, self.new_fsm_order_id
        )

    @api.model
    def _describe(self, employee, start, end, job=None):
        """Words for a span of work: ``Luc Gagnon, Nov 3, 09:00 – 12:00 (J0012)``.

        :param datetime start: UTC; shown in the person's zone
        :param end: UTC, or nothing while the person is at work
        """
        # sudo: words; employees do not read each other's files
        employee = employee.sudo()
        zone = employee._get_planning_tz()
        spoken = self._format_moment(start, zone)
        until = self._format_moment(end, zone, to_local(start, zone).date()) if end else "…"
        text = f"{employee.name}, {spoken} – {until}"
        # sudo: words; the name of a job that the reader may not open
        return f"{text} ({job.sudo().name})" if job else text

    @api.model
    def _format_moment(self, moment, zone, day=None):
        """Words for a UTC moment in a zone; the time alone on a day that is told already."""
        if to_local(moment, zone).date() == day:
            return format_datetime(self.env, moment, tz=zone, dt_format="HH:mm")
        return format_moment(self.env, moment, zone)
