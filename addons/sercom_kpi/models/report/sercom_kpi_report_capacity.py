from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.report.fact import Fact

# How far ahead capacity is told.
DAYS_AHEAD = 92


class SercomKpiReport(models.Model):
    """Capacity: the working hours of each person and day, less their time off.

    The same rules as planning's (``sercom.work.time``), in SQL, so that years of it are added up
    in one query; the certificate holds one equal to the other. People are those who are workers
    of field service: from their first version, contract or day of work on; somebody who left, or
    is no worker any more, up to their departure or last day of work.
    """

    _inherit = "sercom.kpi.report"
    _depends = {
        "account.analytic.line": ["date", "employee_id", "fsm_order_id"],
        "fsm.person": ["active"],
        "hr.employee": ["active", "company_id"],
        "hr.version": [
            "active",
            "contract_date_end",
            "contract_date_start",
            "date_version",
            "departure_date",
            "employee_id",
            "resource_calendar_id",
        ],
        "resource.calendar": [
            "flexible_hours",
            "full_time_required_hours",
            "hours_per_day",
            "hours_per_week",
            "two_weeks_calendar",
        ],
        "resource.calendar.attendance": [
            "calendar_id",
            "day_period",
            "dayofweek",
            "display_type",
            "hour_from",
            "hour_to",
            "week_type",
        ],
        "resource.calendar.leaves": [
            "calendar_id",
            "company_id",
            "date_from",
            "date_to",
            "resource_id",
            "time_type",
        ],
    }

    kind = fields.Selection(selection_add=[("capacity", "Capacity")])
    capacity_hours = fields.Float(
        "Capacity",
        readonly=True,
        help="Hours: working hours of the people who are field service workers, less their time "
        "off and public holidays.",
    )
    off_hours = fields.Float(
        "Time Off", readonly=True, help="Hours: working hours lost to time off and holidays."
    )

    @api.model
    def _get_facts(self):
        facts = super()._get_facts()
        day_number = SQL("(fact.day - DATE '2000-01-01')")
        facts["capacity"] = Fact(
            1,
            "hr.employee",
            SQL("fact.employee_id"),
            {
                **self._get_person_columns(),
                "date": SQL("fact.day"),
                **self._get_company_columns(SQL("employee.company_id")),
                "team_id": SQL("worker.team_id"),
                "is_service": SQL("TRUE"),
                "capacity_hours": SQL("fact.available"),
                "off_hours": SQL("fact.working - fact.available"),
            },
            SQL(
                "(%s) fact %s %s",
                self._get_capacity_query(),
                self._get_person_join(SQL("fact.employee_id")),
                self._get_company_join(SQL("employee.company_id")),
            ),
            key=SQL("fact.employee_id::bigint * 100000 + %s", day_number),
        )
        return facts

    @api.model
    def _get_capacity_query(self):
        """SQL of ``employee_id``, ``day``, and the hours ``working`` and ``available``."""
        return SQL(
            """
            SELECT span.employee_id, span.day,
                   ROUND(%(working)s, 2) AS working,
                   ROUND(%(available)s, 2) AS available
              FROM (SELECT period.employee_id, day.date::date AS day,
                           range_agg(tsrange(%(start)s, %(end)s)) AS shifts,
                           period.leaves
                      FROM (%(periods)s) period
                CROSS JOIN LATERAL generate_series(period.first::timestamp,
                           period.last::timestamp, INTERVAL '1 day') day(date)
                CROSS JOIN LATERAL (%(shifts)s) shift
                  GROUP BY period.employee_id, day.date::date, period.leaves) span
            """,
            working=self._get_hours_of(SQL("span.shifts")),
            available=self._get_hours_of(SQL("span.shifts - span.leaves")),
            start=self._get_instant(SQL("shift.hour_from")),
            end=self._get_instant(SQL("shift.hour_to")),
            periods=self._get_periods_query(),
            shifts=self._get_shifts_query(),
        )

    @api.model
    def _get_hours_of(self, spans):
        """SQL of the hours of a multirange."""
        return SQL(
            """COALESCE((SELECT SUM(EXTRACT(epoch FROM upper(part) - lower(part))) / 3600
                         FROM unnest(%s) part), 0)""",
            spans,
        )

    @api.model
    def _get_instant(self, hour):
        """SQL of the instant in UTC of an hour on the person's clock."""
        return SQL(
            """((day.date + make_interval(secs => ROUND(%s * 3600)::int))
                AT TIME ZONE period.tz AT TIME ZONE 'UTC')""",
            hour,
        )

    @api.model
    def _get_shifts_query(self):
        """SQL of the hours from and to of ``period.calendar_id`` on ``day.date``."""
        return SQL(
            """
            SELECT attendance.hour_from, attendance.hour_to
              FROM resource_calendar_attendance attendance
             WHERE attendance.calendar_id = period.calendar_id
               AND period.flexible_hours IS NOT TRUE
               AND attendance.display_type IS NULL
               AND attendance.day_period <> 'lunch'
               AND attendance.dayofweek = (EXTRACT(isodow FROM day.date) - 1)::text
               AND attendance.hour_from < attendance.hour_to
               AND (period.two_weeks_calendar IS NOT TRUE
                    OR COALESCE(attendance.week_type, '0')
                       = ((day.date::date - DATE '0001-01-01') / 7 %% 2)::text)
         UNION ALL
            SELECT 12 - flexible.hours / 2, 12 + flexible.hours / 2
              FROM (SELECT LEAST(period.hours_per_day,
                           COALESCE(NULLIF(period.hours_per_week, 0),
                                    NULLIF(period.full_time_required_hours, 0),
                                    7 * period.hours_per_day)
                           - (EXTRACT(isodow FROM day.date)::float - 1) * period.hours_per_day
                           ) AS hours
                     WHERE period.flexible_hours) flexible
             WHERE flexible.hours > 0
            """
        )

    @api.model
    def _get_periods_query(self):
        """SQL of when each worker follows which schedule, with all their leaves."""
        return SQL(
            """
            SELECT version.employee_id, version.calendar_id,
                   COALESCE(resource.tz, 'UTC') AS tz,
                   calendar.flexible_hours, calendar.two_weeks_calendar,
                   calendar.hours_per_day, calendar.hours_per_week,
                   calendar.full_time_required_hours,
                   CASE WHEN version.is_first AND NOT version.has_contracts
                        THEN LEAST(version.date_version, worked.first)
                        ELSE GREATEST(CASE WHEN NOT version.is_first
                                           THEN version.date_version END,
                                      version.contract_start)
                        END AS first,
                   LEAST(version.following - 1, version.contract_end,
                         CASE WHEN employee.active AND worker.active THEN %(last)s
                              ELSE COALESCE(version.departure, worked.last, '2000-01-01')
                         END) AS last,
                   COALESCE(leaves.spans, '{}') AS leaves
              FROM (%(versions)s) version
              JOIN hr_employee employee ON employee.id = version.employee_id
              JOIN resource_resource resource ON resource.id = employee.resource_id
              JOIN fsm_person worker ON worker.employee_id = employee.id
              JOIN resource_calendar calendar ON calendar.id = version.calendar_id
         LEFT JOIN (SELECT line.employee_id, MIN(line.date) AS first, MAX(line.date) AS last
                      FROM account_analytic_line line
                     WHERE line.fsm_order_id IS NOT NULL
                  GROUP BY line.employee_id) worked ON worked.employee_id = employee.id
         LEFT JOIN LATERAL (%(leaves)s) leaves ON TRUE
             WHERE NOT version.has_contracts OR version.contract_start IS NOT NULL
            """,
            last=fields.Date.context_today(self) + timedelta(days=DAYS_AHEAD),
            versions=self._get_versions_query(),
            leaves=self._get_leaves_query(),
        )

    @api.model
    def _get_versions_query(self):
        return SQL(
            """
            SELECT version.employee_id, version.resource_calendar_id AS calendar_id,
                   version.date_version,
                   version.contract_date_start AS contract_start,
                   CASE WHEN version.contract_date_start IS NOT NULL
                        THEN version.contract_date_end END AS contract_end,
                   LAG(version.id) OVER in_order IS NULL AS is_first,
                   LEAD(version.date_version) OVER in_order AS following,
                   BOOL_OR(version.contract_date_start IS NOT NULL) OVER of_person
                       AS has_contracts,
                   MAX(version.departure_date) OVER of_person AS departure
              FROM hr_version version
             WHERE version.active
            WINDOW in_order AS (PARTITION BY version.employee_id ORDER BY version.date_version),
                   of_person AS (PARTITION BY version.employee_id)
            """
        )

    @api.model
    def _get_leaves_query(self):
        """SQL of the time off of a person (``resource``) on a schedule; days end at midnight."""
        return SQL(
            """
            SELECT range_agg(tsrange(leave.date_from,
                   leave.date_to + CASE WHEN EXTRACT(second FROM leave.date_to)::int = 59
                                        THEN INTERVAL '1 second'
                                        ELSE INTERVAL '0' END)) AS spans
              FROM resource_calendar_leaves leave
             WHERE leave.time_type = 'leave'
               AND leave.date_from < leave.date_to
               AND (leave.resource_id = employee.resource_id
                    OR leave.resource_id IS NULL
                   AND (leave.company_id IS NULL OR leave.company_id = employee.company_id)
                   AND (leave.calendar_id IS NULL OR leave.calendar_id = version.calendar_id))
            """
        )
