from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sercom_jobs.models.job.sercom_cost_mixin import TECHNICIAN_ROLE

from ...tools.report.fact import make_select

# Who reads what is sold and invoiced; what it costs is in MARGIN_GROUPS.
REVENUE_GROUPS = (
    "sales_team.group_sale_salesman_all_leads,account.group_account_invoice,"
    f"fieldservice.group_fsm_manager,!{TECHNICIAN_ROLE}"
)


class SercomKpiReport(models.Model):
    """The numbers: one fact a row, read from the records themselves at the moment one asks.

    How it works: each kind of fact (capacity, hours, revenue, …) is a ``Fact`` of its own, made in
    the hook ``_get_facts`` by the file of its subject; the table is their UNION ALL. Measures are
    added up, ratios are a sum over a sum (``sercom_kpi_report_ratio``). Nothing is stored, so
    nothing has to be refreshed. ``_depends`` says what Odoo must write down before it asks.

    Money is in the currency of the company of the row, at the date of its document.
    """

    _name = "sercom.kpi.report"
    _inherit = "sercom.cost.mixin"
    _description = "Figures"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "kind"
    _depends = {
        "fsm.order": [
            "company_id",
            "location_id",
            "partner_id",
            "sale_line_id",
            "service_file_id",
            "team_id",
        ],
        "fsm.person": ["employee_id", "team_id"],
        "hr.employee": ["resource_id"],
        "res.company": ["currency_id", "partner_id", "resource_calendar_id"],
        "res.partner": ["tz"],
        "resource.calendar": ["tz"],
        "resource.resource": ["tz", "user_id"],
        "sale.order.line": ["fsm_order_id", "is_downpayment", "product_id", "sequence"],
    }

    kind = fields.Selection([], string="What", readonly=True)
    date = fields.Date(readonly=True, help="The day that the figure belongs to.")
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    employee_id = fields.Many2one("hr.employee", string="Person", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True, help="The person's user.")
    person_team_id = fields.Many2one("fsm.team", string="Person's Team", readonly=True)
    fsm_order_id = fields.Many2one("fsm.order", string="Job", readonly=True)
    team_id = fields.Many2one(
        "fsm.team", readonly=True, help="The job's team; where there is no job, the person's."
    )
    service_file_id = fields.Many2one("sercom.service.file", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Client", readonly=True)
    location_id = fields.Many2one("fsm.location", string="Site", readonly=True)
    product_id = fields.Many2one("product.product", string="Service or Product", readonly=True)
    is_service = fields.Boolean(
        "Field Service",
        readonly=True,
        help="All but what is on the books and comes from no service file.",
    )
    is_my_team = fields.Boolean(
        "My Team",
        compute="_compute_is_my_team",
        search="_search_is_my_team",
        help="Of a person of my team, mine too.",
    )
    res_model = fields.Char("Model of the Record", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)

    @api.depends_context("uid")
    def _compute_is_my_team(self):
        teams = self._get_my_teams()
        for fact in self:
            fact.is_my_team = fact.person_team_id in teams

    @api.model
    def _search_is_my_team(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return [("person_team_id", "in", self._get_my_teams().ids)]

    @api.model
    def _get_my_teams(self):
        """Teams that the user is in or leads."""
        # sudo: whoever the members of their team are
        Person = self.env["fsm.person"].sudo()
        mine = Person.search([("employee_id.user_id", "=", self.env.uid)])
        led = mine.env["fsm.team"].search([("leader_id", "in", mine.ids)])
        return (mine.team_id | led).sudo(self.env.su)

    @property
    def _table_query(self):
        names = {
            name: field.column_type[0]
            for name, field in self._fields.items()
            if name != "id" and field.store and field.column_type
        }
        return SQL(" UNION ALL ").join(
            make_select(kind, fact, names) for kind, fact in self._get_facts().items()
        )

    @api.model
    def _get_facts(self):
        """Hook: the kinds of facts.

        :return: ``{kind: Fact}``; each kind also has its word in the field ``kind``
        """
        return {}

    # Parts of facts

    @api.model
    def _get_job_columns(self):
        """Columns of a fact about a job, whose table is joined as ``job``."""
        return {
            "fsm_order_id": SQL("job.id"),
            "team_id": SQL("job.team_id"),
            "service_file_id": SQL("job.service_file_id"),
            "partner_id": SQL("job.partner_id"),
            "location_id": SQL("job.location_id"),
            "is_service": SQL("TRUE"),
        }

    @api.model
    def _get_person_columns(self):
        """Columns of a fact about a person, joined by ``_get_person_join``."""
        return {
            "employee_id": SQL("employee.id"),
            "user_id": SQL("resource.user_id"),
            "person_team_id": SQL("worker.team_id"),
        }

    @api.model
    def _get_person_join(self, employee):
        """Joins of a person, by the SQL of their id."""
        return SQL(
            """
            LEFT JOIN hr_employee employee ON employee.id = %s
            LEFT JOIN resource_resource resource ON resource.id = employee.resource_id
            LEFT JOIN fsm_person worker ON worker.employee_id = employee.id
            """,
            employee,
        )

    @api.model
    def _get_company_columns(self, company):
        """Columns of a fact of a company, by the SQL of its id; joined by ``_get_company_join``."""
        return {"company_id": company, "currency_id": SQL("company.currency_id")}

    @api.model
    def _get_company_join(self, company):
        """Joins of a company, by the SQL of its id: ``company`` and ``firm``."""
        return SQL(
            """
            LEFT JOIN res_company company ON company.id = %s
            LEFT JOIN res_partner firm ON firm.id = company.partner_id
            LEFT JOIN resource_calendar hours ON hours.id = company.resource_calendar_id
            """,
            company,
        )

    @api.model
    def _get_local_date(self, moment, zone=None):
        """SQL of the date that clocks show at a moment.

        :param SQL moment: a column in UTC
        :param SQL zone: a zone; the company's, as ``_get_company_join`` joins it, when left out
        """
        zone = zone or SQL("COALESCE(firm.tz, hours.tz)")
        return SQL("((%s AT TIME ZONE 'UTC') AT TIME ZONE COALESCE(%s, 'UTC'))::date", moment, zone)

    @api.model
    def _get_flag(self, condition):
        """SQL of 1 where a condition holds, else 0: its sum counts."""
        return SQL("CASE WHEN %s THEN 1 ELSE 0 END", condition)

    @api.model
    def _get_service_sql(self):
        """SQL of the service that a job (``job``) was made for, or else its first one."""
        return SQL(
            """COALESCE((
            SELECT chosen.product_id
              FROM sale_order_line chosen
             WHERE chosen.id = job.sale_line_id), (
            SELECT line.product_id
              FROM sale_order_line line
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE line.fsm_order_id = job.id
               AND template.type = 'service'
               AND line.is_downpayment IS NOT TRUE
          ORDER BY line.sequence, line.id
             LIMIT 1))"""
        )
