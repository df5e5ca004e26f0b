from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.report.fact import make_select
from ...tools.report.ratios import RATIOS

# Kinds of facts: what jobs ask for, and what people can do.
DEMAND, CAPACITY = ("planned", "unplanned"), ("capacity",)
# More than there are skills: the ids of rows are of a fact and a skill.
STEP = 100000


class SercomKpiSkillLoad(models.Model):
    """Load ahead by skill: the hours of jobs that ask for it, against those of who has it.

    A job that asks for two skills is in both, and so is somebody who has two: skills are not added
    up. A skill counts on the days on which it is valid.
    """

    _name = "sercom.kpi.skill.load"
    _description = "Load by skill"
    _auto = False
    _order = "date, id"
    _rec_name = "skill_id"
    _depends = {
        "sercom.kpi.report": ["date", "kind"],
        "fsm.order": ["skill_ids"],
        "hr.employee.skill": ["employee_id", "skill_id", "valid_from", "valid_to"],
    }

    skill_id = fields.Many2one("hr.skill", readonly=True)
    date = fields.Date(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    employee_id = fields.Many2one("hr.employee", "Person", readonly=True)
    fsm_order_id = fields.Many2one("fsm.order", "Job", readonly=True)
    capacity_hours = fields.Float(
        "Capacity", readonly=True, help="Working hours, less time off, of who has the skill."
    )
    demand_hours = fields.Float(
        "Demand",
        readonly=True,
        help="Hours planned, and those sold and not planned yet, of jobs that ask for the skill.",
    )
    load_rate = fields.Float(
        "Load (%)", readonly=True, aggregator="avg", help="Demand ÷ capacity, in percent."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT fact.id * %(step)s + asked.skill_id AS id, asked.skill_id, fact.date,
                   fact.company_id, fact.employee_id, fact.fsm_order_id,
                   NULL::float8 AS capacity_hours, fact.demand_hours, NULL::float8 AS load_rate
              FROM (%(demand)s) fact
              JOIN fsm_order_skill_rel asked ON asked.fsm_order_id = fact.fsm_order_id
         UNION ALL
            SELECT fact.id * %(step)s + own.skill_id AS id, own.skill_id, fact.date,
                   fact.company_id, fact.employee_id, NULL AS fsm_order_id,
                   fact.capacity_hours, NULL::float8 AS demand_hours, NULL::float8 AS load_rate
              FROM (%(capacity)s) fact
        CROSS JOIN LATERAL (
                   SELECT DISTINCT skill.skill_id
                     FROM hr_employee_skill skill
                    WHERE skill.employee_id = fact.employee_id
                      AND COALESCE(skill.valid_from, fact.date) <= fact.date
                      AND COALESCE(skill.valid_to, fact.date) >= fact.date) own
            """,
            step=STEP,
            demand=self._get_facts_query(DEMAND),
            capacity=self._get_facts_query(CAPACITY),
        )

    @api.model
    def _get_facts_query(self, kinds):
        """SQL of some kinds of facts of the report, with the columns that are told here."""
        Report = self.env["sercom.kpi.report"]
        own = ("date", "company_id", "employee_id", "fsm_order_id")
        columns = {
            name: Report._fields[name].column_type[0]
            for name in (*own, "capacity_hours", "demand_hours")
        }
        facts = Report._get_facts()
        return SQL(" UNION ALL ").join(make_select(kind, facts[kind], columns) for kind in kinds)

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        name, _colon, _function = aggregate_spec.partition(":")
        if name != "load_rate":
            return super()._read_group_select(aggregate_spec, query)
        ratio = RATIOS[name]
        return SQL(
            "%s::float8 * COALESCE(%s, 0) / NULLIF(%s, 0)",
            ratio.scale,
            self._read_group_select(f"{ratio.numerator}:sum", query),
            self._read_group_select(f"{ratio.denominator}:sum", query),
        )
