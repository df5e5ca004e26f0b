from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.tools import SQL, format_datetime

from odoo.addons.sercom_jobs.models.job.fsm_order import CLOSED_STATES
from odoo.addons.sercom_jobs.tools.planning.travel import distance_km, to_place

from ...tools.clock.clock import (
    FutureMomentError,
    OldMomentError,
    UnreadableMomentError,
    insert_start,
    parse_moment,
    true_moment,
)
from .hr_attendance import WORK_TYPES

PUNCH_KINDS = ("start", "break", "end")
# A second tap on Clock out within this time is the same one.
SAME_TAP = timedelta(minutes=1)
# Punches that arrive within this time came at once.
AT_ONCE = timedelta(minutes=1)


class HrAttendance(models.Model):
    """Punches: what every button, phone and crew leader ends in.

    How it works: a punch first locks its person's row, so that two phones wait for each other;
    the second then sees the first one's entry (PostgreSQL makes Odoo try it again). A start ends
    whatever the person did at that moment. A punch that comes late is put where it belongs, as
    if it had come in time. What cannot be taken is refused with a reason and changes nothing.
    """

    _inherit = "hr.attendance"

    @api.model
    def punch(self, kind, job_id=None, work_type="work", employee_ids=None, punch=None):
        """Clock people in, to a break or out. Sending the same punch again changes nothing.

        :param str kind: ``start``, ``break`` or ``end``
        :param int job_id: the job started; none for travel or other work without a job
        :param str work_type: ``work``, ``travel`` or ``other``
        :param list employee_ids: whom to clock; the user's own employee when left out. A crew's
            leader clocks the crew on its job, a dispatcher anybody.
        :param dict punch: what the device knows, all optional: ``uuid`` (its own number of the
            punch), ``moment`` (when it was tapped, UTC, ``2026-11-03 14:05:00``), ``sent`` (the
            device's clock when sending, same form), ``latitude``, ``longitude`` (degrees),
            ``accuracy`` (metres)
        :return: the ``hr.attendance`` started, or those ended
        :raises UserError: when the job, the time or the person does not allow it
        """
        if kind not in PUNCH_KINDS:
            raise UserError(self.env._("“%s” is no punch: start, break or end.", kind))
        if work_type not in dict(WORK_TYPES):
            raise UserError(
                self.env._("“%s” is no kind of work: work, travel or other.", work_type)
            )
        punch = punch or {}
        job = self.env["fsm.order"].browse(job_id or ())
        try:
            people = self._get_punched_people(job, employee_ids)
        except MissingError as error:
            raise UserError(
                self.env._("This job or person no longer exists. Refresh your day.")
            ) from error
        moment, delay = self._get_punch_moment(punch)
        self._lock_clocks(people)
        entries = self.sudo()
        if kind == "start":
            done = entries._punch_start(people, job, work_type, moment, delay, punch)
        else:
            done = entries._punch_end(people, job, kind, moment, delay, punch)
        return done.with_env(self.env)

    @api.model
    def punch_all(self, punches):
        """Take several punches in order, each for itself; what a phone sends after a while.

        A punch that is refused keeps nobody else's out. It stays as a proposal, for a supervisor
        to decide.

        :param list punches: dicts of ``kind``, ``job_id``, ``work_type``, ``employee_ids`` and
            the keys of ``punch``
        :return: for each, ``{"uuid", "status": "done" or "refused", "message", "attendance_ids"}``
        """
        return [self._punch_one(dict(vals)) for vals in punches]

    def _punch_one(self, vals):
        answer = {"uuid": vals.get("uuid"), "status": "done", "message": "", "attendance_ids": []}
        names = ("kind", "job_id", "work_type", "employee_ids")
        given = {name: vals[name] for name in names if vals.get(name)}
        device = {name: value for name, value in vals.items() if name not in names}
        try:
            with self.env.cr.savepoint():
                entries = self.punch(given.pop("kind", ""), **given, punch=device)
                answer["attendance_ids"] = entries.ids
        except (UserError, ValidationError) as error:
            self.env.invalidate_all()
            answer.update(status="refused", message=str(error))
            self._keep_refused_punch(vals, answer["message"])
        return answer

    def _keep_refused_punch(self, vals, message):
        """Hook: keep a punch that was refused, so that somebody decides about it.

        :param dict vals: the punch as the device sent it
        :param str message: why it was refused
        """

    # Who, when, where

    @api.model
    def _get_punched_people(self, job, employee_ids):
        """Employees of a punch, in sudo, once the user may clock them on this job.

        :raises AccessError: when the job or one of the people is not the user's to clock
        """
        if job:
            self._check_may_clock_on(job)
        company = job.sudo().company_id or self.env.company
        if not employee_ids:
            mine = self.env.user.sudo().employee_ids.filtered(
                lambda employee: employee.company_id == company
            )[:1]
            if not mine:
                raise UserError(
                    self.env._(
                        "%(user)s has no employee file in %(company)s, so there is no clock. Ask "
                        "the office to make one.",
                        user=self.env.user.name,
                        company=company.name,
                    )
                )
            return mine
        people = self.env["hr.employee"].sudo().browse(employee_ids)
        if not self._is_clock_office():
            others = people - self.env.user.sudo().employee_ids - self._get_led_people(job)
            if others:
                raise AccessError(
                    self.env._(
                        "Only the leader of the crew, or the office, clocks %(person)s on %(job)s.",
                        person=others[0].name,
                        job=job.name or self.env._("other work"),
                    )
                )
        for person in people:
            if person.company_id != company:
                raise UserError(
                    self.env._(
                        "%(person)s does not work for %(company)s.",
                        person=person.name,
                        company=company.name,
                    )
                )
        return people

    @api.model
    def _is_clock_office(self):
        """Whether the user clocks anybody: dispatchers and those who manage attendances."""
        user = self.env.user
        return (
            self.env.su
            or user.has_group("fieldservice.group_fsm_dispatcher")
            or user.has_group("hr_attendance.group_hr_attendance_user")
        )

    def _check_may_clock_on(self, job):
        if not job.has_access("write"):
            raise AccessError(
                self.env._(
                    "%s is not one of your jobs. Ask the office to assign it to you.",
                    job.sudo().name,
                )
            )

    def _get_led_people(self, job):
        """Employees planned on a job whose crew the user leads."""
        blocks = job.sudo().assignment_ids.filtered(lambda block: block.state != "cancelled")
        led = blocks.filtered(
            lambda block: block.is_leader and block.employee_id.user_id == self.env.user
        )
        return blocks.employee_id if led else blocks.employee_id.browse()

    @api.model
    def _get_punch_moment(self, punch):
        """When a punch happened, by the server's clock.

        :return: ``(moment, delay)``: naive UTC datetime, and minutes until it arrived
        """
        now = fields.Datetime.now()
        if not punch.get("moment"):
            return now, 0.0
        try:
            sent = parse_moment(punch["sent"]) if punch.get("sent") else None
            moment = true_moment(parse_moment(punch["moment"]), sent, now)
        except FutureMomentError as error:
            raise UserError(
                self.env._("This punch is in the future. Set the clock of the phone right.")
            ) from error
        except OldMomentError as error:
            raise UserError(
                self.env._("This punch is over a week old. Propose a correction instead.")
            ) from error
        except UnreadableMomentError as error:
            raise UserError(
                self.env._(
                    "The time “%s” cannot be read. Send it in UTC, like 2026-11-03 14:05:00.", error
                )
            ) from error
        late = now - moment
        return moment, late.total_seconds() / 60 if late > AT_ONCE else 0.0

    @api.model
    def _lock_clocks(self, people):
        """Make whoever punches for these people at the same time wait until this is done.

        An entry changes its person's row too. So who waited finds the row changed since, and
        PostgreSQL has the whole punch tried again, on what is there by then.
        """
        self.env.execute_query(
            SQL(
                "SELECT id FROM hr_employee WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
                sorted(people.ids),
            )
        )

    def _get_place_vals(self, side, punch, job, company):
        """Values of where a punch was made: ``side`` is ``in`` or ``out``.

        Kept only when the company has its attendances located, and the device told it.
        """
        latitude, longitude = punch.get("latitude"), punch.get("longitude")
        numbers = isinstance(latitude, int | float) and isinstance(longitude, int | float)
        if not numbers or not company.attendance_device_tracking:
            return {}
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            return {}
        vals = {f"{side}_latitude": latitude, f"{side}_longitude": longitude}
        site = job.location_id.partner_id
        place = to_place(site.partner_latitude, site.partner_longitude) if site else None
        if place:
            accuracy = punch.get("accuracy")
            slack = accuracy / 1000 if isinstance(accuracy, int | float) and accuracy > 0 else 0.0
            distance = distance_km((latitude, longitude), place)
            vals[f"{side}_distance_km"] = distance
            if company.clock_far_km and distance - slack > company.clock_far_km:
                vals["is_far"] = True
        return vals

    # Start

    def _punch_start(self, people, job, work_type, moment, delay, punch):
        self._check_can_clock_in(people, job, moment)
        spans = self._get_spans_after(people, moment, punch)
        new, closing, started = [], {}, self.browse()
        blocks = self._get_blocks(people, job, moment)
        for person in people:
            entries = spans[person]
            known = entries.filtered(
                lambda entry: punch.get("uuid") and entry.in_uuid == punch["uuid"]
            )
            if known:
                started |= known
                continue
            position, end = insert_start(
                [(entry.check_in, entry.check_out) for entry in entries], moment
            )
            current = entries[position] if position is not None else self.browse()
            if current._is_same_task(job, work_type):
                started |= current
                continue
            if current:
                current._check_can_cut(moment)
                out_reason = "switch" if not current.check_out else current.out_reason
                closing.setdefault(current.check_out, self.browse())
                closing[current.check_out] |= current
            vals = {
                "employee_id": person.id,
                "check_in": moment,
                "check_out": end,
                "fsm_order_id": job.id,
                "assignment_id": blocks.get(person),
                "work_type": work_type,
                "in_mode": "job",
                "in_uuid": punch.get("uuid"),
                "in_delay": delay,
                **self._get_place_vals("in", punch, job.sudo(), person.company_id),
            }
            if end:
                vals["out_mode"] = current.out_mode or "job"
                vals["out_reason"] = out_reason if current else "switch"
                if current:
                    # The end is that punch still: sent again, it is known.
                    vals.update(out_uuid=current.out_uuid, out_delay=current.out_delay)
            new.append(vals)
        for entries in closing.values():
            entries._close(moment, "switch", delay, punch)
        return started | self.create(new)

    def _check_can_clock_in(self, people, job, moment):
        if job.state in CLOSED_STATES:
            states = dict(job._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(job)s is %(state)s: nobody clocks in on it. Call the office.",
                    job=job.name,
                    state=states[job.state].lower(),
                )
            )
        for person in people:
            if not person.active:
                raise UserError(self.env._("%s is archived, and cannot clock in.", person.name))
        leave = self.env["hr.leave"].search(
            [
                ("employee_id", "in", people.ids),
                ("state", "=", "validate"),
                ("date_from", "<=", moment),
                ("date_to", ">", moment),
            ],
            limit=1,
        )
        if leave:
            raise UserError(
                self.env._(
                    "%(person)s is off until %(end)s. Have the time off changed first.",
                    person=leave.employee_id.name,
                    end=format_datetime(
                        self.env, leave.date_to, tz=leave.employee_id._get_planning_tz()
                    ),
                )
            )

    def _get_spans_after(self, people, moment, punch):
        """Entries of each person that are open at a moment or later, in order.

        Those that the same punch made already are among them, wherever they are now.

        :return: ``{employee: hr.attendance}``
        """
        domain = fields.Domain("check_out", "=", False) | fields.Domain("check_out", ">", moment)
        if punch.get("uuid"):
            domain |= fields.Domain("in_uuid", "=", punch["uuid"])
            domain |= fields.Domain("out_uuid", "=", punch["uuid"])
        entries = self.search(
            domain & fields.Domain("employee_id", "in", people.ids), order="check_in, id"
        )
        by_person = entries.grouped("employee_id")
        return {person: by_person.get(person, self.browse()) for person in people}

    def _get_blocks(self, people, job, moment):
        """Id of the assignment that each person works on: the nearest of theirs on the job."""
        nearest = {}
        for block in job.sudo().assignment_ids if job else ():
            if block.state == "cancelled" or block.employee_id not in people:
                continue
            away = max(block.date_start - moment, moment - block.date_end, timedelta())
            if block.employee_id not in nearest or away < nearest[block.employee_id][0]:
                nearest[block.employee_id] = (away, block.id)
        return {person: block_id for person, (_away, block_id) in nearest.items()}

    def _is_same_task(self, job, work_type):
        return bool(self) and self.fsm_order_id == job and self.work_type == work_type

    def _check_can_cut(self, moment):
        """Refuse a late punch that would shorten hours somebody has already approved."""
        if not self.check_out:
            return
        if self.review_reason == "refused":
            raise UserError(
                self.env._(
                    "The hours of %(person)s until %(end)s were refused. Propose a correction "
                    "instead.",
                    person=self.employee_id.name,
                    end=format_datetime(self.env, self.check_out, tz=self._get_tz()),
                )
            )
        if any(line.approval_state != "draft" or line._is_fixed() for line in self.timesheet_ids):
            zone = self._get_tz()
            raise UserError(
                self.env._(
                    "The hours of %(person)s until %(end)s are already approved. Propose a "
                    "correction instead.",
                    person=self.employee_id.name,
                    end=format_datetime(self.env, self.check_out, tz=zone),
                )
            )

    # End

    def _punch_end(self, people, job, kind, moment, delay, punch):
        spans = self._get_spans_after(people, moment, punch)
        ended, closing = self.browse(), self.browse()
        for person in people:
            entries = spans[person]
            known = entries.filtered(
                lambda entry: punch.get("uuid") and entry.out_uuid == punch["uuid"]
            )
            current = known or entries.filtered(
                lambda entry: (
                    entry.check_in <= moment and (not entry.check_out or moment < entry.check_out)
                )
            )
            if not current:
                ended |= self._find_just_ended(person, job, moment)
                continue
            if not known and job and current.fsm_order_id != job:
                raise UserError(
                    self.env._(
                        "%(person)s is not clocked in on %(job)s, but on %(other)s.",
                        person=person.name,
                        job=job.name,
                        other=current.fsm_order_id.name or self.env._("other work"),
                    )
                )
            if not known:
                current._check_can_cut(moment)
                closing |= current
            ended |= current
        if closing:
            closing._close(moment, kind, delay, punch)
        return ended

    def _find_just_ended(self, person, job, moment):
        """The entry that a second tap on Clock out is about.

        :raises UserError: when the person is not clocked in
        """
        last = self.search(
            [("employee_id", "=", person.id), ("check_in", "<=", moment)],
            order="check_in desc",
            limit=1,
        )
        same_job = not job or last.fsm_order_id == job
        if last.check_out and same_job and moment - last.check_out <= SAME_TAP:
            return last
        raise UserError(
            self.env._(
                "%(person)s is not clocked in%(place)s at %(time)s.",
                person=person.name,
                place=self.env._(" on %s", job.name) if job else "",
                time=format_datetime(self.env, moment, tz=person._get_planning_tz()),
            )
        )

    def _close(self, moment, reason, delay, punch):
        """End these entries at a moment, for one reason; each has its own place."""
        common = {
            "check_out": moment,
            "out_reason": reason,
            "out_mode": "job",
            "out_uuid": punch.get("uuid"),
            "out_delay": delay,
        }
        batches = {}
        for entry in self:
            vals = entry._get_place_vals(
                "out", punch, entry.fsm_order_id, entry.employee_id.company_id
            )
            key = tuple(vals.items())
            batches[key] = batches.get(key, self.browse()) | entry
        for vals, entries in batches.items():
            entries.write({**common, **dict(vals)})

    # State

    @api.model
    @api.readonly
    def get_clock_state(self):
        """What the user's clock shows now.

        :return: ``entry_id``, ``job_id``, ``job_name``, ``work_type``, ``since`` (UTC text),
            ``on_break``, ``break_since``, ``hours_today`` and ``job_hours_today`` (hours, the
            open entry up to now), ``now`` (UTC text)
        """
        now = fields.Datetime.now()
        person = self.env.user.sudo().employee_ids.filtered(
            lambda employee: employee.company_id == self.env.company
        )[:1]
        state = {
            "employee_id": person.id,
            "entry_id": False,
            "job_id": False,
            "job_name": "",
            "work_type": False,
            "since": False,
            "on_break": False,
            "break_since": False,
            "hours_today": 0.0,
            "job_hours_today": 0.0,
            "now": fields.Datetime.to_string(now),
        }
        if not person:
            return state
        today = person._get_local_day_start(now)
        entries = self.sudo().search(
            [
                ("employee_id", "=", person.id),
                "|",
                ("check_out", "=", False),
                ("check_out", ">", today),
            ],
            order="check_in",
        )
        hours = {
            entry: max(
                (entry.check_out or now) - max(entry.check_in, today), timedelta()
            ).total_seconds()
            / 3600
            for entry in entries
        }
        state["hours_today"] = sum(hours.values())
        last = entries[-1:]
        if last and not last.check_out:
            state.update(
                entry_id=last.id,
                job_id=last.fsm_order_id.id,
                job_name=last.fsm_order_id.name or "",
                work_type=last.work_type,
                since=fields.Datetime.to_string(last.check_in),
                job_hours_today=sum(
                    hours[entry] for entry in entries if entry.fsm_order_id == last.fsm_order_id
                ),
            )
        elif last.out_reason == "break":
            state.update(
                on_break=True,
                break_since=fields.Datetime.to_string(last.check_out),
                job_id=last.fsm_order_id.id,
                job_name=last.fsm_order_id.name or "",
                work_type=last.work_type,
            )
        return state
