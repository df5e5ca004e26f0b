from collections import defaultdict
from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.sercom_requests.tools.wording import format_moment, format_number

from ...tools.job.schedule import get_visit_hours
from ...tools.planning.slots import STEP, Candidate, Need, find_slots
from ...tools.planning.travel import to_place
from ...tools.work_time.intervals import clip, intersect, merge, subtract
from ...tools.work_time.work_time import HOUR, from_epoch, to_epoch
from .sercom_scheduler_conflict import LONGEST_BLOCK

SEARCH_DAYS = 14
MAX_SEARCH_DAYS = 92
# When people without fixed hours are called upon.
FLEXIBLE_FROM, FLEXIBLE_TO = 7 * HOUR, 19 * HOUR


class SercomScheduler(models.AbstractModel):
    """Free slots, and why a plan is none.

    How to use: ``find_slots`` for a job, ``explain`` for a person and a time, ``book_slot`` for
    one of the proposals, ``get_board`` and ``get_unscheduled`` for a screen. All take and give
    plain values; instants are naive UTC texts, ``YYYY-MM-DD HH:MM:SS``.
    """

    _inherit = "sercom.scheduler"

    # Free slots

    @api.model
    @api.readonly
    def find_slots(self, order_id, date_from=None, date_to=None, limit=10):
        """Find the best free slots for a job, with what speaks for each.

        The client's window is kept when it leaves a slot at all. A job that is longer than
        anybody works at a stretch is split over breaks and days.

        :param int order_id: ``fsm.order`` id
        :param date_from: not before; UTC text, datetime or date; now when it is past or missing
        :param date_to: done by then; two weeks later when missing
        :return: list of ``{employee_ids, employees (names), date_start, date_end, blocks
            ([[start, end]]), score (0–100), reasons, warnings}``, the best first; empty when
            nobody is free, see ``explain``
        """
        job = self._get_job(order_id)
        early, late = to_seconds(job.request_early), to_seconds(job.request_late)
        start, end = self._get_search_span(date_from, date_to, early)
        low, high = max(start, early or start), min(end, late or end)
        limit = max(1, min(int(limit or 10), 100))
        people = self._get_board_people()
        needed = self._get_need(job, low, high)
        planning = self._load_candidates(job, people, needed, start, end)
        slots = find_slots(needed, planning, self._get_travel(job.company_id), limit)
        kept = bool(early or late)
        if not slots and (needed.early, needed.late) != (start, end):
            kept = False
            needed.early, needed.late = start, end
            slots = find_slots(needed, planning, self._get_travel(job.company_id), limit)
        return [self._describe_slot(slot, job, people, kept) for slot in slots]

    def _get_job(self, order_id):
        """Open job of an id that the caller may read."""
        job = self.env["fsm.order"].browse(int(order_id)).exists()
        if not job:
            raise UserError(self.env._("This job is gone. Reload the page."))
        job.check_access("read")
        return job

    def _get_search_span(self, date_from, date_to, early=None):
        """Instants between which to search, from now on: two weeks unless told otherwise.

        :param early: when the client's window opens; the two weeks begin then
        """
        now = to_epoch(fields.Datetime.now().replace(second=0, microsecond=0))
        start = max(now, to_seconds(date_from) or now)
        end = to_seconds(date_to) or max(start, early or start) + SEARCH_DAYS * 24 * HOUR
        if end <= start:
            raise UserError(self.env._("There is no time left to search. Choose a later end."))
        return start, min(end, start + MAX_SEARCH_DAYS * 24 * HOUR)

    def _get_need(self, job, early, late):
        """What a job asks for, between two instants."""
        hours = get_visit_hours(job.scheduled_duration, job.sold_hours, job.people_count)
        if job.assignment_ids:
            # The job's own schedule spans its blocks: one more is as long as they are.
            hours = job._get_block_hours()
        site = job.location_id
        return Need(
            seconds=max(STEP, round(hours * HOUR)),
            early=early,
            late=max(early, late),
            people=job._get_missing_people(),
            place=to_place(site.partner_latitude, site.partner_longitude),
            deadline=to_seconds(job.sla_first_visit_deadline or job.sla_deadline),
        )

    def _load_candidates(self, job, people, need, start, end):
        """People who might go, with their free and busy times between two instants."""
        day = timedelta(days=1)
        self._load_work_times(
            people, from_epoch(start).date() - day, from_epoch(end).date() + 2 * day
        )
        levels = self._get_levels(job.company_id)
        skills = set(job.skill_ids.ids) if levels["skill"] != "ignore" else set()
        if skills:
            self._load_skills(people)
        blocks, appointments = self._load_busy(people, start, end)
        known = self._get_known_people(job)
        candidates = []
        for person in people.values():
            if person.company_id != job.company_id.id or not person.has_hours():
                continue
            lacks = bool(skills - person.get_skill_ids(from_epoch(need.early).date()))
            if lacks and levels["skill"] == "block":
                continue
            candidates.append(
                self._make_candidate(
                    person,
                    blocks[person.id],
                    appointments[person.id],
                    (start, end),
                    is_known=person.id in known,
                    is_team=bool(job.team_id) and person.team_id == job.team_id.id,
                    lacks_skill=lacks,
                )
            )
        return candidates

    def _make_candidate(self, person, blocks, appointments, span, **facts):
        work = person.work
        booked = [0.0] * len(work.days)
        taken = [(start, end, hours) for start, end, _place, hours, _is_live in blocks]
        taken += [(start, end, 0.0) for start, end, _place in appointments]
        for start, end, hours in taken:
            for day, part in work.get_booked(start, end, hours).items():
                booked[day] += part
        capacity = sum(work.available)
        busy = [(start, end, place) for start, end, place, _hours, is_live in blocks if is_live]
        busy += [(start, end, place) for start, end, place in appointments]
        busy.sort(key=lambda row: row[0])
        return Candidate(
            id=person.id,
            open=clip(get_callable_time(work), *span),
            busy=busy,
            load=min(1.0, sum(booked) / capacity) if capacity else 1.0,
            bounds=work.days.bounds,
            room=[
                available - hours for available, hours in zip(work.available, booked, strict=True)
            ],
            **facts,
        )

    def _load_busy(self, people, start, end):
        """Blocks and appointments of people between two instants, as plain tuples.

        :return: ``{employee id: [(start, end, place, hours, is live)]}`` and
            ``{employee id: [(start, end, place)]}``
        """
        margin = 24 * HOUR
        blocks, appointments = defaultdict(list), defaultdict(list)
        low, high = from_epoch(start - margin), from_epoch(end + margin)
        for employee_id, block_start, block_end, hours, is_live, lat, lon in self.env.execute_query(
            SQL(
                """
                SELECT block.employee_id,
                       EXTRACT(epoch FROM block.date_start)::bigint,
                       EXTRACT(epoch FROM block.date_end)::bigint,
                       COALESCE(block.planned_hours, 0)::float8, block.state != 'done',
                       place.partner_latitude::float8, place.partner_longitude::float8
                  FROM sercom_assignment block
             LEFT JOIN fsm_location site ON site.id = block.fsm_location_id
             LEFT JOIN res_partner place ON place.id = site.partner_id
                 WHERE block.state != 'cancelled'
                   AND block.employee_id = ANY(%s)
                   AND block.date_start < %s
                   AND block.date_start > %s
                   AND block.date_end > %s
              ORDER BY block.date_start
                """,
                list(people),
                high,
                low - LONGEST_BLOCK,
                low,
            )
        ):
            place = (lat, lon) if lat or lon else None
            blocks[employee_id].append((block_start, block_end, place, hours, is_live))
        for employee_id, event_start, event_end, _id, _name, place in self._load_appointments(
            people, low, high
        ):
            appointments[employee_id].append(
                (to_epoch(event_start), to_epoch(event_end), to_place(*place))
            )
        return blocks, appointments

    def _get_known_people(self, job):
        """Ids of the employees of the last visit at the job's site."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT block.employee_id
                  FROM sercom_assignment block
                 WHERE block.fsm_order_id = (
                       SELECT last.fsm_order_id
                         FROM sercom_assignment last
                        WHERE last.fsm_location_id = %s
                          AND last.fsm_order_id != %s
                          AND last.state != 'cancelled'
                     ORDER BY last.date_start DESC
                        LIMIT 1)
                   AND block.state != 'cancelled'
                """,
                job.location_id.id,
                job.id,
            )
        )
        return {employee_id for (employee_id,) in rows}

    # Words

    def _describe_slot(self, slot, job, people, kept):
        crew = [people[employee_id] for employee_id in slot.people]
        return {
            "employee_ids": list(slot.people),
            "employees": [person.name for person in crew],
            "date_start": fields.Datetime.to_string(from_epoch(slot.start)),
            "date_end": fields.Datetime.to_string(from_epoch(slot.end)),
            "blocks": [
                [
                    fields.Datetime.to_string(from_epoch(start)),
                    fields.Datetime.to_string(from_epoch(end)),
                ]
                for start, end in slot.pieces
            ],
            "score": slot.score,
            "reasons": [
                text
                for reason in slot.reasons
                if (text := self._describe_reason(reason, job, kept))
            ],
            "warnings": self._describe_slot_warnings(slot, job, crew, kept),
        }

    def _describe_reason(self, reason, job, kept):
        """Words for what speaks for a slot; nothing for what goes without saying."""
        kind, *detail = reason
        asks = job.skill_ids and job.company_id.sercom_conflict_skill != "ignore"
        if kind == "near":
            if detail[0] < 0.1:
                return self.env._("At the same site as the visit next to it")
            return self.env._("%s km from the visit next to it", format_number(self.env, detail[0]))
        if kind == "load":
            return self.env._("%s%% of their hours are booked", detail[0])
        words = {
            "window": kept and self.env._("Within the client's window"),
            "sla": self.env._("Keeps the promised first visit"),
            "known": self.env._("Was at this site last time"),
            "team": self.env._("Of the job's team"),
            "skill": asks and self.env._("Has the skills the job asks for"),
        }
        return words[kind]

    def _describe_slot_warnings(self, slot, job, crew, kept):
        texts = []
        window = job.request_early or job.request_late
        if window and not kept:
            texts.append(self._describe_window(job))
        for kind, *detail in slot.warnings:
            if kind == "sla":
                texts.append(self.env._("After the promised first visit"))
            elif kind == "split":
                texts.append(
                    self.env._("Longer than anybody works at a stretch: %s parts", detail[0])
                )
            elif kind == "skill":
                names = [person.name for person in crew if person.id in detail[0]]
                texts.append(
                    self.env._(
                        "%(people)s: skills missing (%(skills)s)",
                        people=", ".join(names),
                        skills=", ".join(job.skill_ids.mapped("name")),
                    )
                )
        return texts

    def _describe_window(self, job):
        return self.env._(
            "Outside the client's window (%(early)s – %(late)s)",
            early=self._format_moment(job.request_early),
            late=self._format_moment(job.request_late),
        )

    def _format_moment(self, moment):
        return format_moment(self.env, moment) if moment else "…"

    # Booking

    @api.model
    def book_slot(self, order_id, slot, seen_ids=None):
        """Plan the people of a proposal.

        :param dict slot: one of the answers of ``find_slots``
        :param seen_ids: ids of the job's assignments as the caller last saw them; without it,
            nobody asks whether somebody else has planned the job since
        :return: ids of the new ``sercom.assignment``
        :raises ValidationError: when the time has been taken meanwhile, naming who and when
        :raises UserError: when somebody else has planned the job since, naming who and when
        """
        job = self._get_job(order_id)
        if seen_ids is not None:
            self.env["sercom.assignment"]._check_planned_since(job, seen_ids)
        blocks = slot.get("blocks") or [[slot.get("date_start"), slot.get("date_end")]]
        if not slot.get("employee_ids") or not all(start and end for start, end in blocks):
            raise ValidationError(
                self.env._("The slot for %s names nobody or no time. Search again.", job.name)
            )
        assignments = self.env["sercom.assignment"].create(
            [
                {
                    "fsm_order_id": job.id,
                    "employee_id": int(employee_id),
                    "date_start": fields.Datetime.to_datetime(start),
                    "date_end": fields.Datetime.to_datetime(end),
                }
                for employee_id in slot["employee_ids"]
                for start, end in blocks
            ]
        )
        return assignments.ids


def to_seconds(moment):
    """Instant of a datetime, a date or a text, in UTC; ``None`` for none."""
    if not moment:
        return None
    if not isinstance(moment, datetime) and not isinstance(moment, str):
        moment = datetime.combine(moment, time())
    return to_epoch(fields.Datetime.to_datetime(moment))


def get_callable_time(work):
    """Spans at which a person is asked to work: without fixed hours, not in the night."""
    if not work.flexible:
        return work.open
    days = work.days
    daytime = [
        (days.at(position, FLEXIBLE_FROM), days.at(position, FLEXIBLE_TO))
        for position in range(len(days))
    ]
    fixed = subtract(work.open, work.flexible)
    return merge([*fixed, *intersect(intersect(work.open, work.flexible), daytime)])
