from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sercom_requests.tools.local_time import local_date, local_days, to_local, to_utc

MAX_WEEKS = 8
# What is shown of a proposal: one that waits, and one that was refused.
SHOWN_CORRECTIONS = ("proposed", "refused")


class SercomMyDay(models.AbstractModel):
    """The user's own hours, week by week: what was clocked, and what became of it.

    How it works: each entry of the clock is shown in the days that it touches, with a state that
    tells the person what happens next. Nobody changes their own hours: what was otherwise is
    proposed (action ``correction`` of ``sync``), and a supervisor decides.
    """

    _inherit = "sercom.my.day"

    @api.model
    @api.readonly
    def get_hours(self, date=None, weeks=2):
        """The user's weeks up to the one of a day, latest first.

        :param str date: a day of the latest week, ``YYYY-MM-DD``; today for none
        :param int weeks: how many, at most 8
        :return: ``{"today", "now", "tz", "weeks": [{"start", "end", "hours", "days": [{"date",
            "hours", "jobs", "entries"}], "pay_sheets": [{"name", "url"}]}]}``; hours are those of
            the clock, an open entry up to now
        :raises UserError: when the day cannot be read
        :raises AccessError: when the user is no employee of the firm
        """
        self._check_user()
        employees = self._get_employees()
        zone = self._get_zone(employees)
        now = fields.Datetime.now()
        today = local_date(now, zone)
        last, count = self._read_days(date, weeks, today)
        count = min(count, MAX_WEEKS)
        first = self._get_week_start(last) - timedelta(weeks=count - 1)
        bounds = local_days(first, 7 * count, zone)
        days = self._get_hours_days(employees, first, bounds, zone)
        return {
            "today": today.isoformat(),
            "now": fields.Datetime.to_string(now),
            "tz": zone,
            "weeks": [
                self._get_hours_week(employees, days[7 * index : 7 * index + 7])
                for index in reversed(range(count))
            ],
        }

    def _get_week_start(self, day):
        """First day of the week of a date, as the user's language has it."""
        lang = self.env["res.lang"]._get_data(code=self.env.user.lang or "en_US")
        first = int(lang.week_start or 7)  # 1 for Monday, 7 for Sunday
        return day - timedelta(days=(day.isoweekday() - first) % 7)

    def _get_hours_week(self, employees, days):
        start, end = days[0]["date"], days[-1]["date"]
        return {
            "start": start,
            "end": end,
            "hours": sum(day["hours"] for day in days),
            "days": days,
            "pay_sheets": self._get_pay_sheets(
                employees, fields.Date.to_date(start), fields.Date.to_date(end)
            ),
        }

    def _get_pay_sheets(self, employees, first, last):
        """Hook: pay sheets of these people that a week belongs to, for themselves to read.

        :param employees: the user's own employee files, as superuser
        :param date first: first day of the week
        :param date last: last day of the week
        :return: list of ``{"name", "url"}``
        """
        return []

    # Entries

    def _get_hours_days(self, employees, first, bounds, zone):
        """Days between bounds, each with the entries that touch it."""
        now = fields.Datetime.now()
        entries = (
            self.env["hr.attendance"]
            .sudo()  # sudo: the user's own entries
            .search(
                Domain("employee_id", "in", employees.ids)
                & Domain("check_in", "<", bounds[-1])
                & (Domain("check_out", "=", False) | Domain("check_out", ">", bounds[0])),
                order="check_in, id",
            )
        )
        corrections = self._get_shown_corrections(employees, entries, bounds)
        shown = [
            (entry.check_in, entry.check_out or now, self._get_entry(entry, corrections))
            for entry in entries
        ]
        missing = self._get_missing_entries(corrections, employees)
        jobs = self._get_jobs_by_day(employees, bounds, zone)
        days = []
        for index, (start, end) in enumerate(zip(bounds, bounds[1:], strict=False)):
            day = first + timedelta(days=index)
            own = []
            for begin, finish, entry in shown:
                if begin < end and (finish > start or start <= begin):
                    span = max(min(finish, end) - max(begin, start), timedelta())
                    own.append((begin, {**entry, "hours": span.total_seconds() / 3600}))
            own += [(begin, entry) for begin, entry in missing if start <= begin < end]
            entries_of_day = [entry for _begin, entry in sorted(own, key=lambda pair: pair[0])]
            days.append(
                {
                    "date": day.isoformat(),
                    "hours": sum(entry["hours"] for entry in entries_of_day),
                    "jobs": jobs.get(day, []),
                    "entries": entries_of_day,
                }
            )
        return days

    def _get_entry(self, entry, corrections):
        """One entry of the clock, read as superuser, as the phone shows it."""
        job = entry.fsm_order_id
        return {
            "id": entry.id,
            "start": fields.Datetime.to_string(entry.check_in),
            "end": fields.Datetime.to_string(entry.check_out),
            "work_type": entry.work_type,
            "job_id": job.id,
            "job_name": job.name or "",
            "client": job.partner_id.display_name or "",
            "state": self._get_entry_state(entry),
            "correction": self._get_correction(
                corrections.filtered(lambda one: one.attendance_id == entry)[:1]
            ),
        }

    def _get_entry_state(self, entry):
        """What happens next with an entry, read as superuser.

        :return: *running*, *review* (a supervisor looks at it first), *no_job*, *waiting* (for
            approval), *approved*, *locked* (nothing but an adjustment changes it), or *clocked*
            (hours on no job, which nobody approves)
        """
        if not entry.check_out:
            return "running"
        if entry.review_reason:
            return "review"
        if entry.is_job_missing:
            return "no_job"
        lines = entry.timesheet_ids
        if not lines:
            return "clocked"
        if all(line._is_fixed() for line in lines):
            return "locked"
        is_approved = all(line.approval_state != "draft" for line in lines)
        return "approved" if is_approved else "waiting"

    # Corrections

    def _get_shown_corrections(self, employees, entries, bounds):
        """Proposals of these entries, and of entries that are missing; the latest first."""
        return (
            self.env["sercom.clock.correction"]
            .sudo()  # sudo: the user's own hours
            .search(
                Domain("state", "in", SHOWN_CORRECTIONS)
                & (
                    Domain("attendance_id", "in", entries.ids)
                    | Domain("attendance_id", "=", False)
                    & Domain("employee_id", "in", employees.ids)
                    & Domain("new_check_in", ">=", bounds[0])
                    & Domain("new_check_in", "<", bounds[-1])
                    & Domain("source", "!=", "direct")
                ),
                order="id desc",
            )
        )

    def _get_missing_entries(self, corrections, employees):
        """What is proposed to be clocked and is not: list of ``(moment, entry)``.

        The number of a job is told as it was given, its client to who may know them.
        """
        jobs = corrections.new_fsm_order_id
        # sudo: clients of the jobs that the user may read
        known = jobs.sudo(False)._filtered_access("read").sudo()
        known |= (
            jobs
            & jobs.assignment_ids.filtered(
                lambda block: block.employee_id in employees
            ).fsm_order_id
        )
        return [
            (
                one.new_check_in,
                {
                    "id": False,
                    "start": fields.Datetime.to_string(one.new_check_in),
                    "end": fields.Datetime.to_string(one.new_check_out),
                    "hours": 0.0,
                    "work_type": one.new_work_type,
                    "job_id": one.new_fsm_order_id.id,
                    "job_name": one.new_fsm_order_id.name or "",
                    "client": (one.new_fsm_order_id & known).partner_id.display_name or "",
                    "state": "missing",
                    "correction": self._get_correction(one),
                },
            )
            for one in corrections.filtered(lambda one: not one.attendance_id)
        ]

    @staticmethod
    def _get_correction(correction):
        """A proposal as the phone shows it; ``False`` for none."""
        if not correction:
            return False
        return {
            "id": correction.id,
            "state": correction.state,
            "start": fields.Datetime.to_string(correction.new_check_in),
            "end": fields.Datetime.to_string(correction.new_check_out),
            "job_name": correction.new_fsm_order_id.name or "",
            "reason": correction.reason or "",
            "note": correction.decision_note or "",
        }

    def _get_jobs_by_day(self, employees, bounds, zone):
        """Jobs that the people are planned on, to choose from: ``{date: [job]}``."""
        jobs = {}
        for block in self._search_visits(employees, bounds[0], bounds[-1]):
            job = block.fsm_order_id
            jobs.setdefault(local_date(block.date_start, zone), {})[job.id] = {
                "id": job.id,
                "name": job.name,
                "client": job.partner_id.display_name or "",
            }
        return {day: list(by_id.values()) for day, by_id in jobs.items()}

    # Proposing

    def _get_handlers(self):
        return {**super()._get_handlers(), "correction": self._apply_correction}

    @api.model
    def _get_kinds_of_any_job(self):
        return super()._get_kinds_of_any_job() | {"correction"}

    def _apply_correction(self, action, job, moment):
        """Propose what an entry should have been, or one that is missing.

        The action carries ``attendance_id`` (nothing for a missing entry), ``date``, ``start`` and
        ``end`` (times by the person's own clock, ``HH:MM``), ``job_id``, ``work_type``, ``reason``.
        """
        if job and not job.has_access("read"):
            raise UserError(
                self.env._("This job is none of yours. Choose one that you were planned on.")
            )
        employees = self._get_employees()
        vals = {
            **self._read_span(action, self._get_zone(employees)),
            "fsm_order_id": job.id or False,
            "work_type": action.get("work_type") or "work",
        }
        reason = str(action.get("reason") or "").strip()
        entry_id = action.get("attendance_id")
        if not entry_id:
            vals["employee_id"] = employees[:1].id
            self.env["sercom.clock.correction"].propose({**vals, "reason": reason})
            return self.env._("Your supervisor is asked to add these hours.")
        entry = self.env["hr.attendance"].browse(int(entry_id)).exists()
        if not entry or entry.sudo().employee_id not in employees:  # sudo: whose it is
            raise UserError(self.env._("These hours are no longer there. Propose missing ones."))
        vals = self._keep_changes(entry, vals)
        if not vals:
            raise UserError(
                self.env._("Nothing is different. Change a time, the job or the kind of work.")
            )
        entry.action_propose_correction({**vals, "reason": reason})
        return self.env._("Your supervisor is asked to correct these hours.")

    def _read_span(self, action, zone):
        """Moments of a span that was typed: ``{"check_in", "check_out"}``, UTC."""
        try:
            day = fields.Date.to_date(action["date"])
            start = datetime.combine(day, time.fromisoformat(action["start"]))
            end = action.get("end")
            end = end and datetime.combine(day, time.fromisoformat(end))
        except (KeyError, TypeError, ValueError) as error:
            raise UserError(self.env._("Say from when to when you worked, like 08:30.")) from error
        if end and end <= start:
            end += timedelta(days=1)  # over midnight
        return {"check_in": to_utc(start, zone), "check_out": to_utc(end, zone) if end else False}

    @staticmethod
    def _keep_changes(entry, vals):
        """Those of the values that say something else than an entry, to the minute."""
        zone = entry._get_tz()

        def is_same(name):
            if name not in ("check_in", "check_out") or not (entry[name] and vals[name]):
                return (entry[name].id if name == "fsm_order_id" else entry[name]) == vals[name]
            # By local clocks: an hour that happens twice is not another one.
            return to_local(entry[name], zone).replace(second=0, microsecond=0) == to_local(
                vals[name], zone
            )

        return {name: vals[name] for name in vals if not is_same(name)}
