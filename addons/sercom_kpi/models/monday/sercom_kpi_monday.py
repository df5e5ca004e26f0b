from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sercom_jobs.models.job.fsm_order import CLOSED_STATES

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
        if not self.env.user.has_groups(",".join(READERS)):
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
    def _get_sections(self, today):
        """Hook: the sections of the page, in order."""
        last, before, _now = get_weeks(today)
        domain = self._get_week_domain(last)
        total, people = self._read_week(domain)
        earlier, earlier_people = self._read_week(self._get_week_domain(before))
        return [
            self._get_week_section(domain, total, earlier),
            self._get_people_section(domain, people, earlier_people),
            self._get_service_section(domain),
            self._get_work_section(today),
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

        :param earlier: ``before``, the figure of the week before, and ``is_more_better``
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
        return {
            "label": label or described["string"].removesuffix(" (%)"),
            "value": value,
            "before": before,
            "trend": get_trend(value, before, earlier.get("is_more_better", True)),
            "unit": unit,
            "help": described.get("help") or "",
            "measure": measure,
            "domain": list(domain),
        }

    @api.model
    def _read_week(self, domain):
        """Figures of a week, in one query.

        :return: its values of ``WEEKLY``, and ``{employee: utilisation}``
        """
        specs = self._get_specs(WEEKLY)
        [total], people = self.env["sercom.kpi.report"]._read_grouping_sets(
            domain, [[], ["employee_id"]], specs
        )
        position = 1 + list(WEEKLY).index("utilisation")
        return total, {group[0]: group[position] for group in people if group[0]}

    @api.model
    def _get_week_section(self, domain, values, earlier):
        return {
            "key": "week",
            "title": self.env._("The week"),
            "has_before": True,
            "rows": [
                self._prepare_row(name, value, domain, before=old, is_more_better=is_better)
                for (name, is_better), value, old in zip(
                    WEEKLY.items(), values, earlier, strict=True
                )
            ],
        }

    @api.model
    def _get_people_section(self, domain, people, earlier):
        """Utilisation of each person who had any capacity, the lowest first."""
        known = [
            (person, value)
            for person, value in people.items()
            if value is not None and value is not False
        ]
        return {
            "key": "people",
            "title": self.env._("Utilisation by person"),
            "has_before": True,
            "rows": [
                self._prepare_row(
                    "utilisation",
                    value,
                    domain & Domain("employee_id", "=", person.id),
                    label=person.sudo().name,  # sudo: the name of a colleague
                    before=earlier.get(person),
                )
                for person, value in sorted(known, key=lambda own: own[1])
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
                    label=product.display_name or self.env._("Without a service"),
                )
                for product, margin in groups
                if margin
            ],
        }

    @api.model
    def _get_work_section(self, today):
        """Jobs to look at, and the time that is free this week."""
        _last, _before, now = get_weeks(today)
        domain = self._get_week_domain(now)
        capacity, planned = self._read(domain, [], ["capacity_hours", "planned_hours"])[0]
        free = (capacity or 0.0) - (planned or 0.0)
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
                    self.env._("Jobs late or at risk"),
                    "fsm.order",
                    AT_RISK,
                    self.env._("Open jobs whose service level is missed or soon will be."),
                ),
            ],
        }

    @api.model
    def _prepare_count(self, label, model, domain, text):
        """A row that counts records and opens them."""
        domain = [*domain, ("company_id", "in", self.env.companies.ids)]
        return {
            "label": label,
            "value": self.env[model].search_count(domain),
            "before": None,
            "trend": "",
            "unit": "count",
            "help": text,
            "model": model,
            "domain": domain,
        }
