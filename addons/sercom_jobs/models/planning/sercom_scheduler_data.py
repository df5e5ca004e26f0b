from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from odoo import models
from odoo.tools import SQL

from ...tools.planning.work_time import (
    Calendar,
    WorkTime,
    from_epoch,
    get_periods,
    get_zone,
    make_days,
    make_work_time,
    to_epoch,
    to_local,
)


@dataclass(eq=False)
class Person:
    """What planning knows of an employee; nothing of it is told without a check."""

    id: int
    name: str
    active: bool
    company_id: int
    zone: ZoneInfo
    resource_id: int
    partner_ids: set
    person_id: int
    team_id: int
    team_name: str
    team_sequence: int
    is_leader: bool
    periods: list = field(default_factory=list)
    skills: list = field(default_factory=list)
    work: WorkTime = None

    def has_hours(self):
        return bool(self.periods)

    def get_skill_ids(self, day):
        """Skills that are valid on a date."""
        return {
            skill_id
            for skill_id, _name, valid_from, valid_to in self.skills
            if (not valid_from or valid_from <= day) and (not valid_to or day <= valid_to)
        }


class SercomScheduler(models.AbstractModel):
    """Where everything that planning looks at is read: a fixed number of queries for any firm.

    Dispatchers have no access to employees and their time off. These methods read them past the
    rules and are private: the public ones check first that the caller may plan, and give out
    names, hours and "Time off", never a reason.
    """

    _name = "sercom.scheduler"
    _description = "Planning"

    # People

    def _load_people(self, employee_ids=None, companies=None):
        """People by employee id, without their hours.

        :param employee_ids: those employees, archived ones too; ``None`` for the active workers
        :param companies: ``res.company`` the employees must be of; ``None`` for any
        :return: ``{employee id: Person}``, by team and name
        """
        where = (
            [SQL("employee.id = ANY(%s)", list(employee_ids))] if employee_ids is not None else []
        )
        if employee_ids is None:
            where.append(SQL("employee.active AND worker.active"))
        if companies is not None:
            where.append(SQL("employee.company_id = ANY(%s)", companies.ids))
        self.env.flush_all()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT employee.id, resource.name, employee.active, employee.company_id,
                       resource.tz, resource.id AS resource_id,
                       ARRAY[users.partner_id, employee.work_contact_id, worker.partner_id]
                           AS partner_ids,
                       worker.id AS person_id, team.id AS team_id,
                       COALESCE(team.name->>%(lang)s, team.name->>'en_US') AS team_name,
                       team.sequence AS team_sequence,
                       %(leader)s AS is_leader
                  FROM hr_employee employee
                  JOIN resource_resource resource ON resource.id = employee.resource_id
             LEFT JOIN res_users users ON users.id = resource.user_id
             LEFT JOIN fsm_person worker ON worker.employee_id = employee.id
             LEFT JOIN fsm_team team ON team.id = worker.team_id
                 WHERE %(where)s
              ORDER BY team.sequence NULLS LAST, team_name, is_leader DESC, resource.name,
                       employee.id
                """,
                lang=self.env.lang or "en_US",
                leader=self._get_leader_sql(),
                where=SQL(" AND ").join(where),
            )
        )
        for row in rows:
            row["zone"] = get_zone(row.pop("tz"))
            row["partner_ids"] = {partner for partner in row["partner_ids"] if partner}
        people = {row["id"]: Person(**row) for row in rows}
        self._load_periods(people)
        return people

    def _get_leader_sql(self):
        if "leader_id" not in self.env["fsm.team"]._fields:
            return SQL("FALSE")
        return SQL("COALESCE(team.leader_id = worker.id, FALSE)")

    def _load_periods(self, people):
        """Set which schedule of each person holds when."""
        versions = defaultdict(list)
        for employee_id, *version in self.env.execute_query(
            SQL(
                """
                SELECT employee_id, date_version, contract_date_start, contract_date_end,
                       resource_calendar_id
                  FROM hr_version
                 WHERE active AND employee_id = ANY(%s)
              ORDER BY employee_id, date_version
                """,
                list(people),
            )
        ):
            versions[employee_id].append(version)
        for employee_id, person in people.items():
            person.periods = get_periods(versions[employee_id])

    def _load_skills(self, people):
        """Set the skills of each person: ``(id, name, valid from, valid to)``."""
        for employee_id, *skill in self.env.execute_query(
            SQL(
                """
                SELECT line.employee_id, skill.id,
                       COALESCE(skill.name->>%s, skill.name->>'en_US'),
                       line.valid_from, line.valid_to
                  FROM hr_employee_skill line
                  JOIN hr_skill skill ON skill.id = line.skill_id
                  JOIN hr_skill_type kind ON kind.id = line.skill_type_id
                 WHERE kind.active AND line.employee_id = ANY(%s)
              ORDER BY line.employee_id, skill.sequence, skill.id
                """,
                self.env.lang or "en_US",
                list(people),
            )
        ):
            people[employee_id].skills.append(tuple(skill))

    # Working hours

    def _load_work_times(self, people, first, after):
        """Set when each person works, on the local days from ``first`` to before ``after``.

        People of one company with the same schedule and zone and without time off of their own
        share one reckoning.

        :param people: ``{employee id: Person}``
        """
        calendars = self._load_calendars({c for p in people.values() for _f, _a, c in p.periods})
        personal, public = self._load_leaves(people, calendars, first, after)
        shared = {}
        for person in people.values():
            days = make_days(person.zone, first, after)
            own = personal.get(person.resource_id)
            key = (person.company_id, person.zone.key, tuple(person.periods))
            if own or key not in shared:
                leaves = [
                    (start, end, reason)
                    for start, end, reason, company_id, calendar_id in public
                    if company_id in (None, person.company_id)
                    and (calendar_id is None or self._is_on(person, calendar_id, start, end))
                ]
                periods = [(f, a, calendars[c]) for f, a, c in person.periods]
                work = make_work_time(days, periods, leaves + (own or []))
                if not own:
                    shared[key] = work
            person.work = work if own else shared[key]

    def _is_on(self, person, calendar_id, start, end):
        """Whether a person works by a schedule at some time of a leave of that schedule."""
        low, high = to_local(start, person.zone).date(), to_local(end, person.zone).date()
        return any(
            calendar_id == schedule and (not after or low < after) and (not first or first <= high)
            for first, after, schedule in person.periods
        )

    def _load_calendars(self, calendar_ids):
        """Schedules by id.

        Read at once, where Odoo asks for each of them: a firm has as many as it has part-time
        people. ``tests/test_capacity.py`` holds them against Odoo's own hours.
        """
        attendances = defaultdict(list)
        for calendar_id, week_type, weekday, hour_from, hour_to in self.env.execute_query(
            SQL(
                """
                SELECT calendar_id, week_type, dayofweek, hour_from, hour_to
                  FROM resource_calendar_attendance
                 WHERE calendar_id = ANY(%s)
                   AND display_type IS NULL
                   AND day_period != 'lunch'
              ORDER BY hour_from
                """,
                list(calendar_ids),
            )
        ):
            attendances[calendar_id].append(
                (int(week_type) if week_type else 0, int(weekday), hour_from, hour_to)
            )
        return {
            calendar_id: Calendar(
                tuple(attendances[calendar_id]),
                bool(two_weeks),
                bool(flexible),
                float(per_day or 0.0),
                float(per_week or full_time or 0.0),
            )
            for calendar_id, two_weeks, flexible, per_day, per_week, full_time in (
                self.env.execute_query(
                    SQL(
                        """
                        SELECT id, two_weeks_calendar, flexible_hours, hours_per_day,
                               hours_per_week, full_time_required_hours
                          FROM resource_calendar
                         WHERE id = ANY(%s)
                        """,
                        list(calendar_ids),
                    )
                )
            )
        }

    def _load_leaves(self, people, calendars, first, after):
        """Time off between two dates.

        :return: ``{resource id: [(start, end, reason)]}`` of people, and the public ones as
            ``[(start, end, reason, company id, calendar id)]``
        """
        day = 24 * 3600  # no zone is further from UTC
        start = to_epoch(from_date(first)) - day
        end = to_epoch(from_date(after)) + day
        personal, public = defaultdict(list), []
        words = {True: self.env._("Time off"), False: self.env._("Closed")}
        for (
            name,
            date_from,
            date_to,
            resource_id,
            company_id,
            calendar_id,
        ) in self.env.execute_query(
            SQL(
                """
                    SELECT name, date_from, date_to, resource_id, company_id, calendar_id
                      FROM resource_calendar_leaves
                     WHERE time_type = 'leave'
                       AND date_from < %s AND date_to > %s
                       AND (resource_id = ANY(%s)
                            OR resource_id IS NULL
                               AND (calendar_id IS NULL OR calendar_id = ANY(%s)))
                  ORDER BY date_from
                    """,
                from_epoch(end),
                from_epoch(start),
                [person.resource_id for person in people.values()],
                list(calendars),
            )
        ):
            span = to_epoch(date_from), get_leave_end(date_to)
            if resource_id:
                personal[resource_id].append((*span, words[True]))
            else:
                public.append((*span, name or words[False], company_id, calendar_id))
        return personal, public


def from_date(day):
    """Midnight of a date, naive."""
    return from_epoch((day - date(1970, 1, 1)).days * 24 * 3600)


def get_leave_end(date_to):
    """End of a leave: Odoo ends whole days a second before midnight."""
    end = to_epoch(date_to)
    return end + 1 if end % 60 == 59 else end
