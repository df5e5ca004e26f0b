from datetime import timedelta

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_datetime

from ...tools.job.schedule import (
    DEFAULT_HOURS,
    BackwardBlockError,
    add_days,
    complete_block,
    to_local,
)
from ..job.fsm_order import CLOSED_STATES

LIVE_STATES = ("draft", "confirmed")
MAX_DAYS = 31
BLOCK_FIELDS = {"employee_id", "date_start", "date_end"}
# What decides whether a block collides with another.
CONFLICT_FIELDS = {*BLOCK_FIELDS, "state", "conflict_override"}
# What is looked at again although the block stays where it is.
WEIGHED_FIELDS = ("planned_hours", "fsm_location_id")
WRITTEN_TOGETHER = {*CONFLICT_FIELDS, *WEIGHED_FIELDS, "fsm_order_id", "override_reason"}
# Set by Sercom alone: who could set it would move and cancel any meeting past the rules.
OWN_FIELDS = {"calendar_event_id"}


class SercomAssignment(models.Model):
    """One employee's time block on one job.

    How it works: a job has as many as it has people and days. ``create`` and ``write`` complete
    each block (start, end and hours always agree), refuse the ones that overlap another live
    block of the person (``sercom_assignment_overlap``), and pass the change on to the job
    (``fsm_order_assignment``) and to the person's calendar (``sercom_assignment_calendar``).
    """

    _name = "sercom.assignment"
    _description = "Assignment"
    _order = "date_start, employee_id, id"
    _check_company_auto = True

    fsm_order_id = fields.Many2one(
        "fsm.order",
        string="Job",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="fsm_order_id.company_id", store=True, index=True, precompute=True
    )
    employee_id = fields.Many2one(
        "hr.employee", string="Person", required=True, ondelete="restrict", check_company=True
    )
    date_start = fields.Datetime("Start", required=True, index=True)
    date_end = fields.Datetime(
        "End",
        required=True,
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        help="Moving the start keeps the length of the block.",
    )
    planned_hours = fields.Float(
        compute="_compute_planned_hours",
        store=True,
        readonly=False,
        precompute=True,
        aggregator="sum",
        help="Hours of work planned for this person. Two people for 3 hours are 6.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("confirmed", "Confirmed"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        index=True,
        copy=False,
        help="Confirming tells the person: the visit comes into their calendar. A draft already "
        "holds their time. A cancelled assignment frees it.",
    )
    is_leader = fields.Boolean("Leader", help="Leads the crew of this job.")
    fsm_location_id = fields.Many2one(
        "fsm.location",
        string="Place",
        compute="_compute_fsm_location_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        help="Where the person goes: the job's site, unless said otherwise.",
    )
    is_dropped_by_job = fields.Boolean(
        copy=False, help="Cancelled because the job was closed: planned again when it reopens."
    )
    note = fields.Text(help="For the person who goes.")
    conflict_override = fields.Boolean(
        "Overlap Allowed",
        copy=False,
        help="The person is planned here although they are planned elsewhere at that time.",
    )
    override_reason = fields.Char("Reason", copy=False, help="Why the overlap is right.")
    partner_id = fields.Many2one(related="fsm_order_id.partner_id", string="Client")
    subject = fields.Char(related="fsm_order_id.subject")
    job_state = fields.Selection(related="fsm_order_id.state", string="Job State")
    user_id = fields.Many2one(related="employee_id.user_id", string="User")

    _block_forward = models.Constraint(
        "CHECK (date_end > date_start)", "An assignment ends after it starts."
    )
    _planned_hours_positive = models.Constraint(
        "CHECK (planned_hours >= 0)", "An assignment has no negative hours."
    )
    _override_explained = models.Constraint(
        "CHECK (conflict_override IS NOT TRUE OR coalesce(override_reason, '') <> '')",
        "Say why the overlap is right.",
    )
    _employee_start_idx = models.Index("(employee_id, date_start)")

    @api.depends("date_start")
    def _compute_date_end(self):
        for block in self:
            if not block.date_start:
                continue
            job = block.fsm_order_id
            hours = job._get_block_hours() if job else DEFAULT_HOURS
            block.date_end = block.date_start + (block._get_length() or timedelta(hours=hours))

    @api.depends("date_start", "date_end")
    def _compute_planned_hours(self):
        hours = self._get_block_hours()
        for block in self:
            block.planned_hours = hours[block]

    @api.depends("fsm_order_id.location_id")
    def _compute_fsm_location_id(self):
        for block in self:
            block.fsm_location_id = block.fsm_order_id.location_id

    @api.depends("fsm_order_id", "employee_id")
    def _compute_display_name(self):
        for block in self:
            names = (block.fsm_order_id.name, block.sudo().employee_id.name)
            block.display_name = " · ".join(filter(None, names))

    def _get_length(self):
        """Length of this block before its start moved, as a timedelta; ``None`` when it is new."""
        origin = self._origin
        return origin.date_end - origin.date_start if origin else None

    def _get_block_hours(self):
        """Hours of work that each block of the set holds.

        :return: ``{assignment: hours}``
        """
        return {
            block: (block.date_end - block.date_start).total_seconds() / 3600
            if block.date_start and block.date_end
            else 0.0
            for block in self
        }

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not vals_list:
            return self.browse()
        self._check_may_plan()
        self._check_own_fields(vals_list)
        vals_list = [self._complete_new(vals) for vals in vals_list]
        with self._refusing_overlaps(self._get_spans(vals_list)):
            blocks = super().create(vals_list)
            blocks._check_blocks()
            blocks._check_soft_conflicts()
        blocks._after_change({})
        return blocks

    def write(self, vals):
        if WRITTEN_TOGETHER.isdisjoint(vals):
            self._check_own_fields([vals])
            return super().write(vals)
        return self.move_blocks({block.id: vals for block in self})

    def move_blocks(self, changes):
        """Write several blocks at once, each its own values, and check them together.

        Two blocks may so take each other's place. Moving a start keeps the length.

        :param dict changes: ``{assignment id: values}``, dates in UTC
        :raises ValidationError: naming person, job and time; nothing is changed then
        """
        if not changes:  # a meeting without any block asks nobody for the right to plan
            return True
        changes = {int(block_id): vals for block_id, vals in changes.items()}
        blocks = self.browse(changes)
        blocks._check_may_plan()
        blocks._check_own_fields(changes.values())
        before = blocks._get_snapshot()
        batches = {}
        for block in blocks:
            vals = block._complete_change(changes[block.id])
            key = tuple(sorted((name, repr(value)) for name, value in vals.items()))
            batches.setdefault(key, (vals, []))[1].append(block.id)
        spans = [
            block._get_span({**before[block], **vals})
            for vals, ids in batches.values()
            for block in self.browse(ids)
        ]
        with blocks._refusing_overlaps(spans):
            for vals, ids in batches.values():
                # ``write`` comes here: what it would call next.
                models.Model.write(self.browse(ids), vals)
            blocks._check_blocks(before)
            changed = blocks.filtered(lambda block: block._is_weighed(before[block]))
            changed._check_soft_conflicts()
        blocks._after_change(before)
        return True

    def unlink(self):
        if not self:
            return True
        self._check_may_plan()
        before = self._get_snapshot()
        jobs = self.fsm_order_id
        told = {}
        for block in self.sudo().filtered(lambda block: block.state in LIVE_STATES):
            text = self.env._("Taken off: %s", block._get_label())
            told.setdefault(block.fsm_order_id.id, []).append(text)
        self._log_on_jobs(told)
        self._drop_events()
        res = super().unlink()
        jobs._follow_assignments(before)
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        for block in self:
            if block.state == "done":
                raise UserError(
                    self.env._("%s is done. Cancel it to take it away.", block.display_name)
                )

    def _drop(self):
        """Take these blocks away: drafts are deleted, what people were told of is cancelled."""
        drafts = self.filtered(lambda block: block.state == "draft")
        (self - drafts).action_cancel()
        drafts.unlink()

    def copy_data(self, default=None):
        # A copy starts as a draft: nobody was told of it.
        return super().copy_data({"state": "draft", **(default or {})})

    def _check_may_plan(self):
        if not self.env.su and not self.has_access("write"):
            jobs = self.sudo().fsm_order_id
            raise AccessError(
                self.env._(
                    "Only a dispatcher plans people on %s. Ask the office.",
                    jobs[:1].name or self.env._("a job"),
                )
            )

    def _get_snapshot(self):
        """Values of the blocks that others follow.

        :return: ``{assignment: values}``, to be compared after a change
        """
        names = (*CONFLICT_FIELDS, *WEIGHED_FIELDS, "fsm_order_id", "is_leader")
        return {
            block: {name: self._to_plain(block[name]) for name in names} for block in self.sudo()
        }

    @staticmethod
    def _to_plain(value):
        return value.id if isinstance(value, models.BaseModel) else value

    def _is_rescheduled(self, before):
        names = ("employee_id", "date_start", "date_end", "fsm_order_id", "conflict_override")
        moved = any(self._to_plain(self.sudo()[name]) != before[name] for name in names)
        revived = before["state"] not in LIVE_STATES
        return self.state in LIVE_STATES and (moved or revived)

    def _is_weighed(self, before):
        """Whether what speaks against this one block may be other than before."""
        changed = any(self._to_plain(self.sudo()[name]) != before[name] for name in WEIGHED_FIELDS)
        return self._is_rescheduled(before) or (changed and self.state in LIVE_STATES)

    def _check_own_fields(self, vals_list):
        defaults = {name: self.env.context.get(f"default_{name}") for name in OWN_FIELDS}
        given = [*vals_list, defaults]
        if not self.env.su and any(vals.get(name) for vals in given for name in OWN_FIELDS):
            raise AccessError(
                self.env._("The calendar event of an assignment is made by confirming it.")
            )

    def _complete_new(self, vals):
        """Values of a new block, with its end (or its start, when only the end is given)."""
        job_id = vals.get("fsm_order_id") or self.env.context.get("default_fsm_order_id")
        job = self.env["fsm.order"].browse(job_id)
        hours = vals.get("planned_hours")
        if not hours and not (vals.get("date_start") and vals.get("date_end")):
            hours = job._get_block_hours() if job else DEFAULT_HOURS
        self._check_override_reason(vals, job)
        return {**vals, **self._complete_times(vals, hours, job)}

    def _complete_change(self, vals):
        """Values for this one block: its length is kept when only its start or end moves."""
        if not {"conflict_override", "override_reason"}.isdisjoint(vals):
            kept = {
                "conflict_override": self.conflict_override,
                "override_reason": self.override_reason,
            }
            self._check_override_reason({**kept, **vals}, self.fsm_order_id)
        if {"date_start", "date_end"}.isdisjoint(vals):
            return dict(vals)
        length = (self.date_end - self.date_start).total_seconds() / 3600
        times = dict(vals)
        if "date_start" not in vals:
            times["date_start"] = self.date_start
        times = self._complete_times(times, length, self.fsm_order_id)
        if not times:
            raise ValidationError(
                self.env._("%s: say when the assignment starts.", self.fsm_order_id.name)
            )
        done = {**vals, **times}
        kept = done["date_end"] - done["date_start"] == self.date_end - self.date_start
        if kept and "planned_hours" not in vals:
            done["planned_hours"] = self.planned_hours
        return done

    def _check_override_reason(self, vals, job):
        if vals.get("conflict_override") and not (vals.get("override_reason") or "").strip():
            raise ValidationError(
                self.env._("%s: say why the overlap is right.", job.name or self.env._("New job"))
            )

    def _complete_times(self, vals, hours, job):
        to_datetime = fields.Datetime.to_datetime
        start, end = to_datetime(vals.get("date_start")), to_datetime(vals.get("date_end"))
        if not start and not end:
            return {}  # the required field says it
        try:
            start, end, _hours = complete_block(start, end, hours)
        except BackwardBlockError as error:
            raise ValidationError(
                self.env._(
                    "The assignment on %(job)s would end before it starts (%(block)s). Check its "
                    "start and end.",
                    job=job.name or self.fsm_order_id.name or "",
                    block=error,
                )
            ) from error
        return {"date_start": start, "date_end": end}

    def _check_blocks(self, before=None):
        """Refuse blocks that nobody can work: of closed jobs, of people who left, endless ones.

        :param dict before: ``_get_snapshot`` before the change; what did not move is not checked
        :raises ValidationError: naming the job and the person
        """
        states = dict(self.env["fsm.order"]._fields["state"]._description_selection(self.env))
        for block in self.sudo():
            if before and not block._is_rescheduled(before[block]):
                continue
            job, person = block.fsm_order_id, block.employee_id
            names = {"job": job.name, "person": person.name}
            if block.state not in LIVE_STATES:
                continue
            if job.state in CLOSED_STATES:
                error = self.env._(
                    "%(job)s is %(state)s. Reopen it before planning %(person)s on it.",
                    state=states[job.state].lower(),
                    **names,
                )
            elif not person.active:
                error = self.env._(
                    "%(person)s is archived. Choose somebody else for %(job)s.", **names
                )
            elif block.date_end - block.date_start > timedelta(days=MAX_DAYS):
                error = self.env._(
                    "%(job)s: a block of %(person)s cannot be longer than %(days)s days. "
                    "Plan several blocks.",
                    days=MAX_DAYS,
                    **names,
                )
            else:
                continue
            raise ValidationError(error)

    def _check_soft_conflicts(self):
        """Hook: look at time off, working hours and the like, after the database has decided."""

    def _after_change(self, before):
        """Pass a change of these blocks on to their jobs and to the calendars.

        :param dict before: ``_get_snapshot`` before the change; empty for new blocks
        """
        self._follow_calendar(before)
        self._log_change(before)
        jobs = self.sudo().fsm_order_id
        jobs |= jobs.browse({values["fsm_order_id"] for values in before.values()})
        jobs._follow_assignments(before)

    def _log_change(self, before):
        """Tell each job's chatter, in one message, who is planned, moved and taken off it.

        :param dict before: ``_get_snapshot`` before the change; empty for new blocks
        """
        if self.env.context.get("tracking_disable"):
            return
        told = {}
        for block in self.sudo():
            old = before.get(block)
            if text := block._get_change(old):
                job_id = block.fsm_order_id.id
                told.setdefault(job_id, []).append(text)
                if old and old["fsm_order_id"] != job_id:
                    told.setdefault(old["fsm_order_id"], []).append(text)
        self._log_on_jobs(told)

    def _get_change(self, old):
        """What happened to this one block, in words; empty when nothing that counts."""
        label = self._get_label()
        if not old:
            return self.env._("Planned: %s", label)
        was_live, is_live = (state in LIVE_STATES for state in (old["state"], self.state))
        if was_live and self.state == "cancelled":
            return self.env._("Taken off: %s", label)
        if is_live and not was_live:
            return self.env._("Planned again: %s", label)
        if any(self._to_plain(self[name]) != old[name] for name in (*BLOCK_FIELDS, "fsm_order_id")):
            employee = self.employee_id.browse(old["employee_id"])
            return self.env._(
                "Moved: %(old)s → %(new)s",
                old=self._describe("", employee, old["date_start"], old["date_end"]),
                new=label,
            )
        return ""

    @api.model
    def _log_on_jobs(self, told):
        """Log lines of text on jobs.

        :param dict told: ``{fsm.order id: [text]}``
        """
        if told and not self.env.context.get("tracking_disable"):
            jobs = self.env["fsm.order"].sudo().browse(told)
            jobs._message_log_batch(
                bodies={job.id: Markup("<br/>").join(map(escape, told[job.id])) for job in jobs}
            )

    # Life cycle

    def action_confirm(self):
        """Draft → Confirmed: the person gets the visit in their calendar, the job is planned."""
        self.filtered(lambda block: block.state == "draft").write({"state": "confirmed"})
        return True

    def action_draft(self):
        """Confirmed, done or cancelled → Draft; checked again like a new one."""
        self.filtered(lambda block: block.state != "draft").write({"state": "draft"})
        return True

    def action_cancel(self):
        """Free the person's time; a confirmed visit is cancelled in their calendar."""
        self.filtered(lambda block: block.state in LIVE_STATES).write({"state": "cancelled"})
        return True

    def action_copy_next_day(self):
        """Plan the same block a day later, at the same local time, as a draft."""
        return self._copy_later(days=1)

    def action_copy_next_week(self):
        """Plan the same block a week later, at the same local time, as a draft."""
        return self._copy_later(days=7)

    def _copy_later(self, days):
        later = []
        for block, vals in zip(self, self.copy_data(), strict=True):
            zone = block._get_tz()
            for name in ("date_start", "date_end"):
                vals[name] = add_days(vals[name], days, zone)
            later.append(vals)
        return self.create(later)

    def _get_tz(self):
        """Name of the time zone this one person works in."""
        self.ensure_one()
        return self.employee_id.sudo()._get_planning_tz()

    def _get_label(self):
        """This block in the words of a message: job, person and time, in the person's zone."""
        self.ensure_one()
        return self._describe(
            self.fsm_order_id.name, self.employee_id, self.date_start, self.date_end
        )

    @api.model
    def _describe(self, job, employee, start, end):
        """Words for a block: ``Luc Gagnon, Nov 3 9:00 AM – 12:00 PM (J0012)``.

        :param str job: number of the job, may be empty
        :param datetime start: UTC; shown in the person's zone
        """
        employee = employee.sudo()
        zone = employee._get_planning_tz()
        spoken = format_datetime(self.env, start, tz=zone, dt_format="MMM d, HH:mm")
        same_day = to_local(start, zone).date() == to_local(end, zone).date()
        until = format_datetime(
            self.env, end, tz=zone, dt_format="HH:mm" if same_day else "MMM d, HH:mm"
        )
        text = f"{employee.name}, {spoken} – {until}"
        return f"{text} ({job})" if job else text
