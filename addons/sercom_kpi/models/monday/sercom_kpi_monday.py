from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sercom_jobs.models.job.fsm_order import CLOSED_STATES
from odoo.addons.sercom_jobs.models.job.sercom_cost_mixin import TECHNICIAN_ROLE

from ...tools.monday.targets import get_reached
from ...tools.monday.weeks import WEEK, get_trend, get_weeks
from ...tools.report.ratios import RATIOS

OVER_SOLD = [("is_over_sold", "=", True), ("state", "not in", CLOSED_STATES)]
AT_RISK = [("sla_status", "in", ("late", "at_risk"))]
READERS = ("account.group_account_invoice", "fieldservice.group_fsm_manager")
# Measures of the week, and whether more is better.
WEEKLY = {
    "worked_hours": True,
    "sold_hours": True,
    "utilisation": True,
    "realisation": True,
    "revenue": True,
    "margin_rate": True,
    "effective_rate": True,
    "cost_per_hour": False,
    "done_count": True,
    "first_fix_rate": True,
    "on_time_rate": True,
    "sla_rate": True,
}


class SercomKpiMonday(models.AbstractModel):
    """The manager's Monday: the week that is over, beside the one before, on one page.

    How it works: each section answers plain rows: a label, the figure, the one before, its unit
    and the help that says how it is made. A row of the report says its measure and its domain, so
    that the page opens the records behind it (``sercom.kpi.report.action_open_records``); another
    one has a window action. Queries do not grow with the firm.
    """

    _name = "sercom.kpi.monday"
    _description = "The manager's Monday"

    @api.model
    @api.readonly
    def get_page(self):
        """The page, as of today in the reader's time zone.

        :return: ``{title, currency_id, sections: [{key, title, rows, has_before}]}``
        :raises AccessError: for who reads no costs
        """
        if not self._is_reader():
            raise AccessError(
                self.env._("The Monday page is for managers and accountants. Ask one of them.")
            )
        today = fields.Date.context_today(self)
        last, _before, _now = get_weeks(today)
        sections = self._get_sections(today)
        return {
            "title": self.env._(
                "Week of %(start)s to %(end)s",
                start=format_date(self.env, last),
                end=format_date(self.env, last + WEEK - timedelta(days=1)),
            ),
            "currency_id": self.env.company.currency_id.id,
            "sections": [section for section in sections if section["rows"]],
        }

    @api.model
    def _is_reader(self):
        """Whether the page is for the user: for who reads costs."""
        user = self.env.user
        return user.has_groups(",".join(READERS)) and not user.has_group(TECHNICIAN_ROLE)

    @api.model
    def _get_sections(self, today):
        """Hook: the sections of the page, in order."""
        last, before, now = get_weeks(today)
        domain = self._get_week_domain(last)
        week = self._read_week(domain)
        earlier = self._read_week(self._get_week_domain(before))
        targets = self.env["sercom.kpi.target"]._get_targets(self.env.companies)
        companies = Domain("company_id", "in", self.env.companies.ids)
        opened = self._read_open(companies, self._get_week_domain(now))
        return [
            self._get_week_section(domain, week["total"], earlier["total"], targets),
            *self._get_people_sections(domain, week, earlier, targets),
            self._get_service_section(domain),
            self._get_work_section(self._get_week_domain(now), opened),
            self._get_to_invoice_section(companies, today, opened),
            self._get_receivable_section(companies, today),
            self._get_pipeline_section(companies, opened),
        ]

    @api.model
    def _get_week_domain(self, monday):
        return (
            Domain("company_id", "in", self.env.companies.ids)
            & Domain("is_service", "=", True)
            & Domain("date", ">=", fields.Date.to_string(monday))
            & Domain("date", "<", fields.Date.to_string(monday + WEEK))
        )

    @api.model
    def _read(self, domain, groupby, measures, **options):
        """Groups of the report, as ``_read_group`` answers them."""
        specs = self._get_specs(measures)
        Report = self.env["sercom.kpi.report"]
        domain &= Report._get_kinds_domain(specs)
        return Report._read_group(domain, groupby, specs, **options)

    @api.model
    def _get_specs(self, measures):
        known = self.env["sercom.kpi.report"]._fields
        return [f"{name}:{known[name].aggregator}" for name in measures]

    @api.model
    def _prepare_row(self, measure, value, domain, label=None, **earlier):
        """A row about a measure of the report.

        :param earlier: ``before``, the figure of the week before, ``is_more_better``, and
            ``target``
        """
        before = earlier.get("before")
        described = self.env["sercom.kpi.report"].fields_get([measure])[measure]
        unit = {"monetary": "money", "float": "hours", "integer": "count"}[described["type"]]
        if described["string"].endswith("(%)"):
            unit = "percent"
        if measure in RATIOS:  # nothing to divide by: empty
            value, before = (None if own is False else own for own in (value, before))
        else:
            value = value or 0
            before = before or 0 if "before" in earlier else None
        is_more_better = earlier.get("is_more_better", True)
        target = earlier.get("target")
        return {
            "label": label or described["string"].removesuffix(" (%)"),
            "value": value,
            "before": before,
            "trend": get_trend(value, before, is_more_better),
            "target": target,
            "is_reached": get_reached(value, target, is_more_better),
            "unit": unit,
            "help": described.get("help") or "",
            "measure": measure,
            "domain": list(domain),
        }

    @api.model
    def _read_week(self, domain):
        """Figures of a week, in one query.

        :return: ``total``, its values of ``WEEKLY``; utilisation by ``employee_id`` and by
            ``person_team_id``, ``{record: value}``; ``team_of``, ``{person: team}``
        """
        specs = self._get_specs(WEEKLY)
        [total], people, teams = self.env["sercom.kpi.report"]._read_grouping_sets(
            domain, [[], ["employee_id", "person_team_id"], ["person_team_id"]], specs
        )
        position = list(WEEKLY).index("utilisation")
        return {
            "total": total,
            "employee_id": {who: values[position] for who, _team, *values in people if who},
            "person_team_id": {team: values[position] for team, *values in teams if team},
            "team_of": {who: team for who, team, *_values in people},
        }

    @api.model
    def _get_week_section(self, domain, values, earlier, targets):
        return {
            "key": "week",
            "title": self.env._("The week"),
            "has_before": True,
            "rows": [
                self._prepare_row(
                    name,
                    value,
                    domain,
                    before=old,
                    is_more_better=is_better,
                    target=targets.get((name, None, None)),
                )
                for (name, is_better), value, old in zip(
                    WEEKLY.items(), values, earlier, strict=True
                )
            ],
        }

    @api.model
    def _get_service_section(self, domain):
        """Margin of each service, the lowest first."""
        groups = self._read(domain, ["product_id"], ["margin"], order="margin:sum", limit=10)
        return {
            "key": "services",
            "title": self.env._("Margin by service, the lowest first"),
            "rows": [
                self._prepare_row(
                    "margin",
                    margin,
                    domain & Domain("product_id", "=", product.id),
                    # sudo: the name of what was sold
                    label=product.sudo().display_name or self.env._("Without a service"),
                )
                for product, margin in groups
                if margin
            ],
        }

    @api.model
    def _get_work_section(self, domain, opened):
        """Jobs to look at, and the time that is free this week."""
        over, over_count = self._get_over_authorized()
        free = opened["capacity_hours"] - opened["planned_hours"]
        return {
            "key": "work",
            "title": self.env._("This week"),
            "rows": [
                {
                    **self._prepare_row("capacity_hours", free, domain),
                    "label": self.env._("Free capacity"),
                    "help": self.env._("Hours: capacity of this week less planned hours."),
                },
                self._prepare_count(
                    self.env._("Jobs over the sold hours"),
                    "fsm.order",
                    OVER_SOLD,
                    self.env._("Open jobs on which more was worked than sold."),
                ),
                self._prepare_count(
                    self.env._("Jobs over the authorised hours"),
                    "fsm.order",
                    over,
                    self.env._("Open jobs with hours that the client has not authorised."),
                    over_count,
                ),
                self._prepare_count(
                    self.env._("Jobs late or at risk"),
                    "fsm.order",
                    AT_RISK,
                    self.env._("Open jobs whose service level is missed or soon will be."),
                ),
            ],
        }

    @api.model
    def _get_over_authorized(self):
        """Domain of open jobs with hours that their client has not authorised, and how many."""
        # sudo: whoever's hours they are; a manager reads all jobs
        groups = (
            self.env["account.analytic.line"]
            .sudo()
            ._read_group(
                [
                    ("unauthorized_hours", ">", 0),
                    ("company_id", "in", self.env.companies.ids),
                    ("fsm_order_id.state", "not in", CLOSED_STATES),
                ],
                ["fsm_order_id"],
            )
        )
        ids = [job.id for (job,) in groups]
        return [("id", "in", ids)], len(ids)

    @api.model
    def _prepare_count(self, label, model, domain, text, count=None):
        """A row that counts records and opens them.

        :param count: how many there are, where it is known
        """
        domain = [*domain, ("company_id", "in", self.env.companies.ids)]
        return {
            "label": label,
            "value": self.env[model].search_count(domain) if count is None else count,
            "before": None,
            "trend": "",
            "unit": "count",
            "help": text,
            "model": model,
            "domain": domain,
        }
