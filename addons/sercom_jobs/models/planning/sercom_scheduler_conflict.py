from bisect import bisect_left
from collections import defaultdict
from datetime import timedelta
from operator import attrgetter

from odoo import models
from odoo.tools import SQL, format_datetime

from odoo.addons.sercom_requests.tools.wording import format_day, format_moment, format_number

from ...tools.planning.conflicts import Agenda, Visit, find_conflicts, unpack_detail
from ...tools.planning.travel import Travel, to_place
from ...tools.work_time.intervals import merge
from ...tools.work_time.work_time import HOUR, from_epoch, local_from_epoch, make_days, to_epoch

KINDS = ("time_off", "hours", "capacity", "skill", "travel", "appointment")
# Visits further away than this say nothing about the road to this one.
MARGIN = 12 * HOUR
# An assignment is never longer (``sercom_assignment.MAX_DAYS``): it bounds what an index reads.
LONGEST_BLOCK = timedelta(days=32)


class SercomScheduler(models.AbstractModel):
    """What speaks against a plan: one visit that is looked at, or a thousand being written."""

    _inherit = "sercom.scheduler"

    def _find_conflicts(self, requests):
        """Find what speaks against visits, all kinds, whatever the company makes of them.

        :param requests: list of ``(employee id, Visit, ids of the skills asked for, company)``
        :return: for each, its ``(Person, [(kind, detail)])``; see ``tools.conflicts``
        """
        people = self._load_people({employee_id for employee_id, *_rest in requests})
        first = min(visit.start for _id, visit, _skills, _company in requests) - MARGIN
        last = max(visit.end for _id, visit, _skills, _company in requests) + MARGIN
        day = timedelta(days=1)
        self._load_work_times(
            people, from_epoch(first).date() - day, from_epoch(last).date() + 2 * day
        )
        if any(skills for _id, _visit, skills, _company in requests):
            self._load_skills(people)
        windows = defaultdict(list)
        for employee_id, visit, _skills, _company in requests:
            windows[employee_id].append(self._get_window(visit, people[employee_id].work.days))
        blocks = VisitIndex(
            self._load_blocks({key: merge(spans) for key, spans in windows.items()})
        )
        appointments = VisitIndex(self._load_appointment_visits(people, first, last))
        travels = {}
        answers = []
        for employee_id, visit, skills, company in requests:
            person = people[employee_id]
            window = self._get_window(visit, person.work.days)
            if company not in travels:
                travels[company] = self._get_travel(company)
            agenda = Agenda(
                work=person.work,
                has_hours=person.has_hours(),
                blocks=blocks.get(employee_id, *window),
                appointments=appointments.get(employee_id, *window),
                skills=person.get_skill_ids(local_from_epoch(visit.start, person.zone).date())
                if skills
                else set(),
            )
            answers.append((person, find_conflicts(visit, agenda, skills, travels[company])))
        return answers

    def _get_window(self, visit, days):
        """Span of what matters to a visit: the local days it touches, and the road around it."""
        first, last = days.position(visit.start), days.position(visit.end - 1)
        return (
            min(days.bounds[max(first, 0)], visit.start - MARGIN),
            max(days.bounds[min(last + 1, len(days))], visit.end + MARGIN),
        )

    def _get_travel(self, company):
        return Travel(
            company.sercom_travel_speed, company.sercom_travel_detour, company.sercom_travel_margin
        )

    def _load_blocks(self, spans):
        """Blocks of people that touch spans, cancelled ones left out.

        :param spans: ``{employee id: sorted, disjoint spans}``
        :return: ``{employee id: [Visit]}`` in order of start
        """
        flat = [
            (employee_id, from_epoch(start), from_epoch(end))
            for employee_id, pairs in spans.items()
            for start, end in pairs
        ]
        people, starts, ends = map(list, zip(*flat, strict=True)) if flat else ([], [], [])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT block.employee_id,
                       EXTRACT(epoch FROM block.date_start)::bigint,
                       EXTRACT(epoch FROM block.date_end)::bigint,
                       block.id, COALESCE(block.planned_hours, 0)::float8,
                       place.partner_latitude, place.partner_longitude, job.name,
                       block.state != 'done', block.conflict_override IS TRUE
                  FROM unnest(%s::int[], %s::timestamp[], %s::timestamp[])
                       AS span(employee_id, low, high)
                  JOIN sercom_assignment block
                    ON block.employee_id = span.employee_id
                   AND block.date_start < span.high
                   AND block.date_start > span.low - %s
                   AND block.date_end > span.low
                  JOIN fsm_order job ON job.id = block.fsm_order_id
             LEFT JOIN fsm_location site ON site.id = block.fsm_location_id
             LEFT JOIN res_partner place ON place.id = site.partner_id
                 WHERE block.state != 'cancelled'
              ORDER BY 2
                """,
                people,
                starts,
                ends,
                LONGEST_BLOCK,
            )
        )
        blocks = defaultdict(list)
        for employee_id, start, end, block_id, hours, lat, lon, *rest in rows:
            place = (lat, lon) if lat or lon else None
            blocks[employee_id].append(Visit(start, end, block_id, hours, place, *rest))
        return blocks

    def _load_appointment_visits(self, people, start, end):
        """Appointments of people that touch a span, as ``{employee id: [Visit]}``; private ones
        have no name.
        """
        visits = defaultdict(list)
        for employee_id, event_start, event_end, event_id, name, place in self._load_appointments(
            people, from_epoch(start), from_epoch(end), private=""
        ):
            visits[employee_id].append(
                Visit(
                    to_epoch(event_start),
                    to_epoch(event_end),
                    event_id,
                    0.0,
                    to_place(*place),
                    name,
                )
            )
        return visits

    # Words

    def _get_levels(self, company):
        """What the company makes of each kind of conflict: ``ignore``, ``warn`` or ``block``."""
        return {"overlap": "block", **{kind: company[f"sercom_conflict_{kind}"] for kind in KINDS}}

    def _describe_conflict(self, kind, detail, person, visit):
        """Words for a conflict, in the person's time zone.

        :param Visit visit: the visit, whose name is the job's
        """
        return getattr(self, f"_describe_{kind}")(detail, person, visit)

    def _describe_kept(self, kept, person, job_name):
        """Words for conflicts that are kept with a block, in the reader's language.

        :param kept: ``[[kind, packed detail]]``, as ``pack_detail`` made them
        :param person: whose block it is: anything with a ``name`` and a ``zone``
        :param str job_name: number of the job
        """
        visit = Visit(0, 0, name=job_name)
        return "\n".join(
            self._describe_conflict(kind, unpack_detail(kind, packed), person, visit)
            for kind, packed in kept
        )

    def _describe_off(self, reason):
        """Words for why somebody is off; ``tools.work_time.make_work_time`` says what it can be."""
        words = {None: self.env._("Time off"), "": self.env._("Closed")}
        return words.get(reason, reason)

    def _describe_overlap(self, other, person, visit):
        return self.env._(
            "%(person)s is already planned on %(job)s, %(time)s.",
            person=person.name,
            job=other.name,
            time=self._format_span(other.start, other.end, person.zone),
        )

    def _describe_time_off(self, off, person, visit):
        return self.env._(
            "%(job)s falls on time off: %(reason)s (%(person)s, %(time)s).",
            job=visit.name,
            reason=self._describe_off(off[2]),
            person=person.name,
            time=self._format_span(off[0], off[1], person.zone),
        )

    def _describe_hours(self, spans, person, visit):
        if not spans:
            return self.env._(
                "%s has no working hours. Set a schedule on the employee.", person.name
            )
        return self.env._(
            "%(person)s does not work at that time: %(time)s.",
            person=person.name,
            time=self._format_span(*spans[0], person.zone),
        )

    def _describe_capacity(self, detail, person, visit):
        day, booked, available = detail
        return self.env._(
            "%(person)s has %(booked)s h planned on %(day)s, of %(available)s h.",
            person=person.name,
            booked=format_number(self.env, booked),
            day=format_day(self.env, day),
            available=format_number(self.env, available),
        )

    def _describe_skill(self, skill_ids, person, visit):
        skills = self.env["hr.skill"].browse(sorted(skill_ids))
        return self.env._(
            "%(person)s lacks for %(job)s: %(skills)s.",
            person=person.name,
            job=visit.name,
            skills=", ".join(skills.mapped("name")),
        )

    def _describe_travel(self, detail, person, visit):
        other, km, needed, seconds = detail
        return self.env._(
            "%(person)s has %(minutes)s min between %(job)s and %(other)s (%(time)s), and needs "
            "%(needed)s min for %(km)s km.",
            person=person.name,
            minutes=round(seconds / 60),
            job=visit.name,
            other=other.name or self.env._("Busy"),
            time=self._format_span(other.start, other.end, person.zone),
            needed=round(needed / 60),
            km=format_number(self.env, km),
        )

    def _describe_appointment(self, other, person, visit):
        return self.env._(
            "%(person)s has another appointment: %(name)s, %(time)s.",
            person=person.name,
            name=other.name or self.env._("Busy"),
            time=self._format_span(other.start, other.end, person.zone),
        )

    def _format_span(self, start, end, zone):
        """``Nov 3, 09:00 – 12:00``, in a zone; ``Nov 3 – Nov 5`` of whole days."""
        days = make_days(
            zone, local_from_epoch(start, zone).date(), local_from_epoch(end, zone).date()
        )
        if len(days) and (start, end) == (days.start, days.end):
            bounds = (days.date_of(0), days.date_of(len(days) - 1))
            return " – ".join(dict.fromkeys(format_day(self.env, day) for day in bounds))
        same_day = len(days) == 0 or (len(days) == 1 and end == days.end)
        first, last = from_epoch(start), from_epoch(end)
        return "{} – {}".format(
            format_moment(self.env, first, zone.key),
            format_datetime(self.env, last, tz=zone.key, dt_format="HH:mm")
            if same_day
            else format_moment(self.env, last, zone.key),
        )


class VisitIndex:
    """Visits per person, from which those of a span are taken without reading them all."""

    def __init__(self, visits):
        self.visits = {
            key: (
                (found := sorted(rows, key=attrgetter("start"))),
                [row.start for row in found],
                max(row.end - row.start for row in found),
            )
            for key, rows in visits.items()
            if rows
        }

    def get(self, key, start, end):
        if key not in self.visits:
            return []
        rows, starts, longest = self.visits[key]
        found = rows[bisect_left(starts, start - longest) : bisect_left(starts, end)]
        return [row for row in found if row.end > start]
