from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_jobs.models.job.fsm_order import CLOSED_STATES
from odoo.addons.sercom_requests.tools.wording import format_moment

from ...tools.clock.clock import insert_start
from .hr_attendance import LAST_FIRST

# A second tap on Clock out within this time is the same one.
SAME_TAP = timedelta(minutes=1)


class HrAttendance(models.Model):
    """What a punch does to a person's entries: it starts one, cuts one, or ends one."""

    _inherit = "hr.attendance"

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
                # sudo: the distance is measured from the site, whoever may read it
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
                    end=format_moment(
                        self.env, leave.date_to, leave.employee_id._get_planning_tz()
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
        # sudo: the plan of the whole crew
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
                    end=format_moment(self.env, self.check_out, self._get_tz()),
                )
            )
        if any(line.approval_state != "draft" or line._is_fixed() for line in self.timesheet_ids):
            zone = self._get_tz()
            raise UserError(
                self.env._(
                    "The hours of %(person)s until %(end)s are already approved. Propose a "
                    "correction instead.",
                    person=self.employee_id.name,
                    end=format_moment(self.env, self.check_out, zone),
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
                        job=job._get_told_name(),
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
            order=LAST_FIRST,
            limit=1,
        )
        same_job = not job or last.fsm_order_id == job
        if last.check_out and same_job and moment - last.check_out <= SAME_TAP:
            return last
        raise UserError(
            self.env._(
                "%(person)s is not clocked in%(place)s at %(time)s.",
                person=person.name,
                place=self.env._(" on %s", job._get_told_name()) if job else "",
                time=format_moment(self.env, moment, person._get_planning_tz()),
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
