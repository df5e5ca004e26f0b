from bisect import bisect_right

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sercom_requests.tools.whole_day import WIDEST, get_span

from ...tools.work_time.work_time import from_epoch, get_zone, local_from_epoch, make_days, to_epoch

MAX_DAYS = 100


class SercomScheduler(models.AbstractModel):
    """What the capacity board draws.

    How it works: PostgreSQL builds the rows of the blocks, texts and all, within the caller's
    record rules; Python adds up hours per day. The number of queries is the same for any number
    of people, days and blocks.
    """

    _inherit = "sercom.scheduler"

    @api.model
    @api.readonly
    def get_board(self, date_from, date_to, employee_ids=None):
        """People, their hours and their blocks between two dates.

        :param date_from: first day, ``YYYY-MM-DD``
        :param date_to: day after the last
        :param employee_ids: only those people; ``None`` for every worker of the allowed companies.
            Technicians get themselves, and may ask for nobody else.
        :return: a dictionary of plain values. Instants are in UTC, ``YYYY-MM-DD HH:MM:SS``; days
            are those of each person's zone; hours are decimal
        :raises AccessError: for those who may not read assignments
        """
        first, after = self._get_range(date_from, date_to)
        people = self._get_board_people(employee_ids)
        self._load_work_times(people, first, after)
        self._load_skills(people)
        zone = get_zone(self.env.user.tz or "UTC")
        bounds = [make_days(zone, first, after), *(p.work.days for p in people.values())]
        start = from_epoch(min(days.start for days in bounds))
        end = from_epoch(max(days.end for days in bounds))
        blocks = self._get_board_blocks(people, start, end)
        appointments = self._get_board_appointments(people, start, end)
        now = fields.Datetime.now()
        return {
            "date_from": first.isoformat(),
            "date_to": after.isoformat(),
            "tz": zone.key,
            "today": local_from_epoch(to_epoch(now), zone).date().isoformat(),
            "now": fields.Datetime.to_string(now),
            "can_edit": self.env["sercom.assignment"].has_access("write"),
            "can_override": any(self.env.companies.mapped("sercom_allow_overlap")),
            "teams": self._get_board_teams(people),
            "employees": self._get_board_employees(people, blocks, appointments),
            "blocks": blocks,
            "appointments": appointments,
        }

    def _get_range(self, date_from, date_to):
        """Dates of two texts; refuses what is no range of days."""
        try:
            first, after = fields.Date.to_date(date_from), fields.Date.to_date(date_to)
        except ValueError:
            first = after = None
        if not first or not after or first >= after:
            raise UserError(
                self.env._(
                    "%(first)s – %(last)s are no days. Choose a first day and a later one.",
                    first=date_from,
                    last=date_to,
                )
            )
        if (after - first).days > MAX_DAYS:
            raise UserError(
                self.env._("At most %s days are shown at once. Choose fewer.", MAX_DAYS)
            )
        return first, after

    # People

    def _is_office(self):
        """Whether the caller may know of other people's hours."""
        return self.env.su or any(
            self.env.user.has_group(group)
            for group in ("fieldservice.group_fsm_user", "sales_team.group_sale_salesman")
        )

    def _check_may_read(self):
        self.env["sercom.assignment"].check_access("read")

    def _get_board_people(self, employee_ids=None):
        """People the caller may see, with nothing but their schedules.

        :raises AccessError: for those who may not, and those who ask for others
        """
        self._check_may_read()
        if employee_ids is not None:
            employee_ids = [int(employee_id) for employee_id in employee_ids]
        people = self._load_people(companies=self.env.companies)
        if not self._is_office():
            partner_id = self.env.user.partner_id.id
            people = {key: p for key, p in people.items() if partner_id in p.partner_ids}
            if employee_ids is not None and not people.keys() >= set(employee_ids):
                raise AccessError(
                    self.env._("Only the office sees the planning of others. Ask it for theirs.")
                )
        if employee_ids is not None:
            wanted = set(employee_ids)
            people = {key: person for key, person in people.items() if key in wanted}
        return people

    def _get_board_teams(self, people):
        teams = {person.team_id: person.team_name for person in people.values() if person.team_id}
        return [{"id": team_id, "name": name} for team_id, name in teams.items()]

    def _get_board_employees(self, people, blocks, appointments):
        booked = self._get_booked(people, blocks)
        for row in appointments:
            hours = booked[row["employee_id"]]
            for position, part in self._get_appointment_hours(people, row).items():
                hours[position] += part
        shared = {}
        employees = []
        for person in people.values():
            work = person.work
            if id(work) not in shared:
                shared[id(work)] = self._get_board_hours(work)
            dates, spans, off = shared[id(work)]
            employees.append(
                {
                    "id": person.id,
                    "name": person.name,
                    "team_id": person.team_id or False,
                    "is_leader": person.is_leader,
                    "tz": person.zone.key,
                    "has_hours": person.has_hours(),
                    "skills": list(dict.fromkeys(name for _id, name, _f, _t in person.skills)),
                    "days": [
                        {
                            "date": day,
                            "available": available,
                            "booked": round(hours, 2),
                            "free": round(available - hours, 2) if hours < available else 0.0,
                            "off": lost,
                        }
                        for day, available, lost, hours in zip(
                            dates, work.available, work.lost, booked[person.id], strict=True
                        )
                    ],
                    "work": spans,
                    "off": off,
                }
            )
        return employees

    def _get_board_hours(self, work):
        """Dates, open spans and time off as texts."""
        days = work.days
        return (
            [days.date_of(position).isoformat() for position in range(len(days))],
            [[to_text(start), to_text(end)] for start, end in work.open],
            [
                [
                    to_text(max(start, days.start)),
                    to_text(min(end, days.end)),
                    self._describe_off(reason),
                ]
                for start, end, reason in work.off
            ],
        )

    def _get_booked(self, people, blocks):
        """Hours booked per person and day.

        :param blocks: dictionaries with ``employee_id``, ``start``, ``end`` and ``planned_hours``
        :return: ``{employee id: [hours of each day]}``
        """
        booked, marks = {}, {}
        for person in people.values():
            work = person.work
            booked[person.id] = [0.0] * len(work.days)
            if id(work) not in marks:
                # Texts of this form sort like the instants they stand for.
                marks[id(work)] = (
                    [to_text(bound) for bound in work.days.bounds],
                    [to_text(start) for start, _end in work.breaks],
                    [to_text(end) for _start, end in work.breaks],
                )
        for block in blocks:
            person = people[block["employee_id"]]
            bounds, pauses, resumes = marks[id(person.work)]
            start, end = block["start"], block["end"]
            day = bisect_right(bounds, start) - 1
            pause = bisect_right(pauses, start)
            if (
                0 <= day < len(bounds) - 1
                and end <= bounds[day + 1]
                and (pause == len(pauses) or resumes[pause] >= end)
            ):
                booked[person.id][day] += block["planned_hours"]
                continue
            hours = person.work.get_booked(
                text_to_epoch(start), text_to_epoch(end), block["planned_hours"]
            )
            for position, part in hours.items():
                booked[person.id][position] += part
        return booked

    # Blocks

    def _get_board_blocks(self, people, start, end):
        """Rows of the blocks that touch a span, cancelled ones left out."""
        query = self.env["sercom.assignment"]._search(
            Domain("employee_id", "in", list(people))
            & Domain("date_start", "<", end)
            & Domain("date_end", ">", start)
            & Domain("state", "!=", "cancelled"),
            order="date_start, id",
        )
        table = query.table
        job = query.join(table, "fsm_order_id", "fsm_order", "id", "job")
        client = query.left_join(job, "partner_id", "res_partner", "id", "client")
        file = query.left_join(job, "service_file_id", "sercom_service_file", "id", "file")
        site = query.left_join(table, "fsm_location_id", "fsm_location", "id", "site")
        place = query.left_join(site, "partner_id", "res_partner", "id", "place")
        columns = {
            "id": SQL.identifier(table, "id"),
            "employee_id": SQL.identifier(table, "employee_id"),
            "job_id": SQL.identifier(table, "fsm_order_id"),
            "start": SQL("%s::timestamp(0)::text", SQL.identifier(table, "date_start")),
            "end": SQL("%s::timestamp(0)::text", SQL.identifier(table, "date_end")),
            "state": SQL.identifier(table, "state"),
            "planned_hours": SQL("COALESCE(%s, 0)::float8", SQL.identifier(table, "planned_hours")),
            "is_leader": SQL("COALESCE(%s, FALSE)", SQL.identifier(table, "is_leader")),
            "override": SQL("COALESCE(%s, FALSE)", SQL.identifier(table, "conflict_override")),
            # It names other people and their absences.
            "warning": SQL.identifier(table, "conflicts") if self._is_office() else SQL("NULL"),
            "note": SQL.identifier(table, "note"),
            "job": SQL.identifier(job, "name"),
            "job_state": SQL.identifier(job, "state"),
            "priority": SQL.identifier(job, "priority"),
            "sla_status": self._get_sla_status_sql(job),
            "subject": SQL("COALESCE(%s, '')", SQL.identifier(file, "subject")),
            "client": SQL.identifier(client, "name"),
            "city": SQL.identifier(place, "city"),
            "request_early": SQL("%s::timestamp(0)::text", SQL.identifier(job, "request_early")),
            "request_late": SQL("%s::timestamp(0)::text", SQL.identifier(job, "request_late")),
        }
        rows = self.env.execute_query_dict(query.select(*as_columns(columns)))
        for row in rows:
            if row["warning"]:
                person = people[row["employee_id"]]
                row["warning"] = self._describe_kept(row["warning"], person, row["job"])
        return rows

    def _get_sla_status_sql(self, job):
        """Status of the service level now: the stored one is that of the cron's last run."""
        return SQL(
            """
            CASE WHEN %(status)s NOT IN ('on_track', 'at_risk') THEN %(status)s
                 WHEN %(late)s < %(now)s THEN 'late'
                 WHEN %(risk)s <= %(now)s THEN 'at_risk'
                 ELSE %(status)s
            END
            """,
            status=SQL.identifier(job, "sla_status"),
            late=SQL.identifier(job, "sla_late_on"),
            risk=SQL.identifier(job, "sla_at_risk_on"),
            now=fields.Datetime.now(),
        )

    def _load_appointments(self, people, start, end, private=None):
        """Planned visits and assessments that people attend, blocks' own events left out.

        A whole day is that of each person's zone.

        :param datetime start: UTC, like ``end``
        :param str private: name of private ones, by default "Busy" in the user's language
        :return: ``[(employee id, start, end, event id, name, (latitude, longitude))]``
        """
        attendees = {}
        for person in people.values():
            for partner_id in person.partner_ids:
                attendees.setdefault(partner_id, []).append(person.id)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT guest.res_partner_id, event.start, event.stop,
                       COALESCE(event.allday, FALSE), event.id,
                       CASE WHEN COALESCE(event.privacy, settings.calendar_default_privacy)
                                 = 'private' THEN %s ELSE event.name END,
                       place.partner_latitude, place.partner_longitude
                  FROM calendar_event event
                  JOIN calendar_event_res_partner_rel guest ON guest.calendar_event_id = event.id
             LEFT JOIN calendar_attendee answer
                    ON answer.event_id = event.id AND answer.partner_id = guest.res_partner_id
             LEFT JOIN sercom_assignment block ON block.calendar_event_id = event.id
             LEFT JOIN res_users_settings settings ON settings.user_id = event.user_id
             LEFT JOIN fsm_location site ON site.id = event.fsm_location_id
             LEFT JOIN res_partner place ON place.id = site.partner_id
                 WHERE event.active
                   AND event.service_file_id IS NOT NULL
                   AND event.appointment_state = 'planned'
                   AND event.show_as = 'busy'
                   AND event.start < %s + CASE WHEN event.allday THEN %s ELSE interval '0' END
                   AND event.stop > %s - CASE WHEN event.allday THEN %s ELSE interval '0' END
                   AND guest.res_partner_id = ANY(%s)
                   AND COALESCE(answer.state, '') != 'declined'
                   AND block.id IS NULL
              ORDER BY event.start, event.id
                """,
                self.env._("Busy") if private is None else private,
                end,
                WIDEST,
                start,
                WIDEST,
                list(attendees),
            )
        )
        visits = []
        for employee_id, event_start, event_stop, allday, event_id, name, lat, lon in dict.fromkeys(
            (employee_id, *row)
            for partner_id, *row in rows
            for employee_id in attendees[partner_id]
        ):
            zone = people[employee_id].zone.key
            low, high = get_span(event_start, event_stop, allday, zone)
            if low < end and high > start:
                visits.append((employee_id, low, high, event_id, name, (lat or 0.0, lon or 0.0)))
        return visits


def as_columns(columns):
    """SQL of columns given as ``{name: SQL}``."""
    return [SQL("%s AS %s", sql, SQL.identifier(name)) for name, sql in columns.items()]


def to_text(seconds):
    """Text of an instant, as the board reads it."""
    return fields.Datetime.to_string(from_epoch(seconds))


def text_to_epoch(text):
    """Instant of a text that PostgreSQL wrote."""
    return to_epoch(fields.Datetime.to_datetime(text))
