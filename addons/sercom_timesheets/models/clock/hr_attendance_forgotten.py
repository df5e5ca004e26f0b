from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sercom_jobs.tools.work_time.intervals import subtract
from odoo.addons.sercom_jobs.tools.work_time.work_time import from_epoch
from odoo.addons.sercom_requests.tools.history import silently
from odoo.addons.sercom_requests.tools.local_time import to_local

from ...tools.clock.forgotten import Entry, is_forgotten, propose_end

BATCH = 200
# Reasons of entries whose end nobody has vouched for.
FOUND_REASONS = ("forgotten", "too_long", "auto")
# A shorter entry that the next clock-in ended is nobody's forgotten evening.
LONG_HOURS = 8.0
CATCH_UP = timedelta(days=7)
DAY = timedelta(days=1)


class HrAttendance(models.Model):
    """Finds the entries that nobody ended, and proposes when the person left.

    How it works: an hourly cron looks at every open entry and at those that something else than
    a tap has ended (the next clock-in, Odoo's automatic check-out). Each that is forgotten gets
    a ``review_reason``, which keeps it out of timesheets, and one proposal. An entry that has
    its proposal is not looked at again, so a cron that stood still only has more to do.
    """

    _inherit = "hr.attendance"

    @api.model
    def _cron_find_forgotten(self):
        """Flag what was forgotten and propose ends, in batches."""
        now = fields.Datetime.now()
        domain = self._get_unended_domain(now)
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        last_id = 0
        while entries := self.search(domain & Domain("id", ">", last_id), order="id", limit=BATCH):
            last_id = entries[-1].id
            entries._flag_forgotten(now)
            if not self.env["ir.cron"]._commit_progress(len(entries)):
                break

    @api.model
    def _get_unended_domain(self, now):
        """Entries without an end that a person gave, and without a proposal of it."""
        found = self.env["sercom.clock.correction"]._search([("source", "=", "forgotten")])
        workers = self.env["fsm.person"]._search([("employee_id", "!=", False)])
        # Entries of people who never go to jobs are left to Odoo.
        ours = Domain("fsm_order_id", "!=", False) | Domain(
            "employee_id", "in", workers.subselect(SQL.identifier("fsm_person", "employee_id"))
        )
        unended = Domain("check_out", "=", False) | Domain("review_reason", "in", FOUND_REASONS)
        # Ended by the next clock-in, while this cron stood still: the next morning, say.
        unended |= (
            Domain("out_reason", "=", "switch")
            & Domain("clock_hours", ">", LONG_HOURS)
            & Domain("check_out", ">", now - CATCH_UP)
            & Domain("is_reviewed", "=", False)
            & ~Domain("timesheet_ids", "any", [("approval_state", "!=", "draft")])
        )
        return (
            Domain("check_in", "<", now)
            & ours
            & unended
            & ~Domain("correction_ids", "any", [("id", "in", found)])
        )

    def _flag_forgotten(self, now):
        """Flag those of these entries that are forgotten, and propose an end for each."""
        facts = self._get_forgotten_facts()
        limits = self._get_next_starts()
        flagged, vals_list = {}, []
        for entry in self:
            company = entry.employee_id.company_id
            fact = facts[entry.id]
            maximum = company.clock_max_hours
            if not entry.review_reason and not is_forgotten(
                fact, entry.check_out or now, company.clock_forgotten_after, maximum
            ):
                continue
            if not entry.review_reason:
                flagged.setdefault("forgotten", []).append(entry.id)
            latest = min(now, limits.get(entry.id, now))
            end = propose_end(fact, latest, maximum)
            vals_list.append(entry._prepare_forgotten_proposal(end))
        for reason, ids in flagged.items():
            self.browse(ids).write({"review_reason": reason})
        self._propose_ends(vals_list)

    @api.model
    def _propose_ends(self, vals_list):
        if not vals_list:
            return
        Correction = self.env["sercom.clock.correction"]
        quiet = silently(Correction.with_context(mail_create_nosubscribe=True))
        proposals = quiet.create(vals_list)
        proposals._notify_people(
            lambda proposal: proposal.env._(
                "You did not clock out: %s. Say when you left if this is not right.",
                proposal._get_label(),
            )
        )

    def _prepare_forgotten_proposal(self, end):
        """Values of the proposal for the entry.

        :param end: the proposed end, or ``None`` when nothing speaks for one
        """
        return {
            "attendance_id": self.id,
            "source": "forgotten",
            "new_check_out": end or False,
            "finding": "plan" if end else "no_plan",
            "proposed_by_id": SUPERUSER_ID,
        }

    def _get_forgotten_facts(self):
        """What plan and working hours say of these entries: ``{entry id: Entry}``."""
        entries = self
        first = min(entries.mapped("check_in")).date()
        last = max(entries.mapped("check_in")).date()
        shifts = self._get_shifts(entries.employee_id, first - DAY, last + 3 * DAY)
        day_ends = entries._get_day_block_ends()
        return {
            entry.id: Entry(
                check_in=entry.check_in,
                block_end=entry.assignment_id.date_end or None,
                day_block_end=day_ends.get(entry.id),
                planned_hours=entry.assignment_id.planned_hours,
                shifts=tuple(
                    span
                    for span in shifts.get(entry.employee_id.id, ())
                    if entry.check_in - DAY < span[1] and span[0] < entry.check_in + 2 * DAY
                ),
            )
            for entry in entries
        }

    @api.model
    def _get_shifts(self, employees, first, after):
        """Working hours of people, time off taken away, as naive UTC spans.

        On a flexible schedule there is no end of the day: it has none here either.

        :return: ``{employee id: [(start, end)]}``
        """
        scheduler = self.env["sercom.scheduler"]
        people = scheduler._load_people(employees.ids)
        scheduler._load_work_times(people, first, after)
        return {
            person.id: [
                (from_epoch(start), from_epoch(end))
                for start, end in subtract(person.work.hours, person.work.flexible)
            ]
            for person in people.values()
        }

    def _get_day_block_ends(self):
        """End of the last block planned for the person within a day of each check-in."""
        blocks = (
            self.env["sercom.assignment"]
            .search_fetch(
                [
                    ("employee_id", "in", self.employee_id.ids),
                    ("state", "in", ("draft", "confirmed", "done")),
                    ("date_end", ">", min(self.mapped("check_in"))),
                    ("date_start", "<", max(self.mapped("check_in")) + DAY),
                ],
                ["employee_id", "date_start", "date_end"],
            )
            .grouped("employee_id")
        )
        ends = {}
        for entry in self:
            zone_day = entry.employee_id._get_planning_tz()
            same_day = [
                block.date_end
                for block in blocks.get(entry.employee_id, ())
                if block.date_end > entry.check_in
                and to_local(block.date_start, zone_day).date()
                == to_local(entry.check_in, zone_day).date()
            ]
            if same_day:
                ends[entry.id] = max(same_day)
        return ends

    def _get_next_starts(self):
        """When the person's next entry begins: ``{entry id: moment}``."""
        following = (
            self.env["hr.attendance"]
            .search_fetch(
                [
                    ("employee_id", "in", self.employee_id.ids),
                    ("check_in", ">", min(self.mapped("check_in"))),
                ],
                ["employee_id", "check_in"],
                order="check_in",
            )
            .grouped("employee_id")
        )
        starts = {}
        for entry in self:
            for other in following.get(entry.employee_id, ()):
                if other.check_in > entry.check_in:
                    starts[entry.id] = other.check_in
                    break
        return starts
