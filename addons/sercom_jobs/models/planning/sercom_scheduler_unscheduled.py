from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.job.schedule import get_visit_hours
from .sercom_scheduler_board import as_columns

SORTED_STATUS = ("late", "at_risk")


class SercomScheduler(models.AbstractModel):
    """The tray of the board: jobs that wait for people."""

    _inherit = "sercom.scheduler"

    @api.model
    @api.readonly
    def get_unscheduled(self, domain=None, search="", limit=80, offset=0):
        """Open jobs that lack people, the most urgent first.

        :param domain: more conditions on ``fsm.order``
        :param str search: words of the job's number, subject, client, site or city
        :return: ``{"total": number of them all, "jobs": [dictionary], "appointments":
            [dictionary]}``; ``hours`` is the length of a visit, ``missing`` how many people are
            still to be found, ``planned_ids`` those of the blocks there are. Appointments that
            nobody goes to yet come with the first jobs, and not when the domain asks for something
            of a job
        """
        self._check_may_read()
        jobs = self.env["fsm.order"]
        wanted = (
            Domain("is_to_assign", "=", True)
            & Domain(domain or Domain.TRUE)
            & self._get_search_domain(search)
        )
        query = jobs._search(wanted)
        table = query.table
        client = query.left_join(table, "partner_id", "res_partner", "id", "client")
        file = query.left_join(table, "service_file_id", "sercom_service_file", "id", "file")
        site = query.left_join(table, "location_id", "fsm_location", "id", "site")
        place = query.left_join(site, "partner_id", "res_partner", "id", "place")
        deadline = SQL.identifier(table, "sla_deadline")
        status = self._get_sla_status_sql(table)
        query.order = SQL(
            """
            array_position(%s::varchar[], %s::varchar) NULLS LAST, %s NULLS LAST,
            %s DESC NULLS LAST, %s NULLS LAST, %s
            """,
            list(SORTED_STATUS),
            status,
            deadline,
            SQL.identifier(table, "priority"),
            SQL.identifier(table, "request_late"),
            SQL.identifier(table, "id"),
        )
        query.limit, query.offset = int(limit) if limit else None, int(offset or 0)
        identifier = SQL.identifier
        columns = {
            "id": identifier(table, "id"),
            "total": SQL("COUNT(*) OVER ()"),
            "name": identifier(table, "name"),
            "subject": identifier(file, "subject"),
            "client": identifier(client, "name"),
            "city": identifier(place, "city"),
            "sold_hours": SQL("COALESCE(%s, 0)", identifier(table, "sold_hours")),
            "scheduled_duration": SQL("COALESCE(%s, 0)", identifier(table, "scheduled_duration")),
            "people": SQL("GREATEST(%s, 1)", identifier(table, "people_count")),
            "priority": identifier(table, "priority"),
            "sla_status": status,
            "sla_deadline": SQL("%s::timestamp(0)::text", deadline),
            "request_early": SQL("%s::timestamp(0)::text", identifier(table, "request_early")),
            "request_late": SQL("%s::timestamp(0)::text", identifier(table, "request_late")),
            "team_id": identifier(table, "team_id"),
        }
        self.env.flush_all()
        rows = self.env.execute_query_dict(query.select(*as_columns(columns)))
        total = jobs.search_count(wanted) if offset and not rows else 0
        skills, planned = self._get_unscheduled_details([row["id"] for row in rows])
        for row in rows:
            total = row.pop("total")
            assigned, length, row["planned_ids"] = planned.get(row["id"], (0, None, []))
            row["missing"] = max(1, row["people"] - assigned)
            # The schedule of a job spans its blocks: one more is as long as they are.
            row["hours"] = get_visit_hours(
                row.pop("scheduled_duration") if length is None else length,
                row["sold_hours"],
                row["people"],
            )
            row["skills"] = skills.get(row["id"], [])
        is_whole = not offset and not domain
        return {
            "total": total,
            "jobs": rows,
            "appointments": self._get_waiting_appointments(search) if is_whole else [],
        }

    def _get_search_domain(self, search):
        words = (search or "").split()
        names = ("name", "partner_id.name", "service_file_id.subject", "location_id.name")
        return Domain.AND(
            Domain.OR(Domain(name, "ilike", word) for name in (*names, "location_id.city"))
            for word in words
        )

    def _get_unscheduled_details(self, job_ids):
        """Names of the skills of jobs, and how many people are planned, for how long, with which
        blocks, by id."""
        if not job_ids:
            return {}, {}
        skills = {}
        for job_id, name in self.env.execute_query(
            SQL(
                """
                SELECT rel.fsm_order_id, COALESCE(skill.name->>%s, skill.name->>'en_US')
                  FROM fsm_order_skill_rel rel
                  JOIN hr_skill skill ON skill.id = rel.skill_id
                 WHERE rel.fsm_order_id = ANY(%s)
              ORDER BY skill.sequence, skill.id
                """,
                self.env.lang or "en_US",
                job_ids,
            )
        ):
            skills.setdefault(job_id, []).append(name)
        planned = {
            job_id: details
            for job_id, *details in self.env.execute_query(
                SQL(
                    """
                    SELECT fsm_order_id, COUNT(DISTINCT employee_id),
                           (ARRAY_AGG(EXTRACT(epoch FROM date_end - date_start)::float8 / 3600
                                      ORDER BY date_start, employee_id, id))[1],
                           ARRAY_AGG(id)
                      FROM sercom_assignment
                     WHERE state != 'cancelled' AND fsm_order_id = ANY(%s)
                  GROUP BY fsm_order_id
                    """,
                    job_ids,
                )
            )
        }
        return skills, planned
