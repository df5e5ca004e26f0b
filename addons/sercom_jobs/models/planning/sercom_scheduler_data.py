from collections import defaultdict
from dataclasses import dataclass, field

from odoo import models
from odoo.tools import SQL

from ...tools.work_time.work_time import get_periods, get_zone
from ..work_time.sercom_work_time import Worker


@dataclass(eq=False, kw_only=True)
class Person(Worker):
    """What planning knows of an employee; nothing of it is told without a check."""

    id: int
    name: str
    active: bool
    partner_ids: set
    person_id: int
    team_id: int
    team_name: str
    team_sequence: int
    is_leader: bool
    skills: list = field(default_factory=list)

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

        :param people: ``{employee id: Person}``
        """
        self.env["sercom.work.time"]._load_work_times(people.values(), first, after)
