from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.monday.weeks import AGES, add_up_ages


class SercomKpiMonday(models.AbstractModel):
    """Money on the Monday page: work to invoice and receivables by age, open quotes."""

    _inherit = "sercom.kpi.monday"

    @api.model
    def _get_sections(self, today):
        return [
            *super()._get_sections(today),
            self._get_to_invoice_section(today),
            self._get_receivable_section(today),
            self._get_pipeline_section(),
        ]

    @api.model
    def _get_age_labels(self, fresh):
        labels = [fresh]
        labels += [
            self.env._("%(low)s to %(high)s days", low=low + 1, high=high)
            for low, high in zip(AGES, AGES[1:], strict=False)
        ]
        return [*labels, self.env._("More than %s days", AGES[-1])]

    @api.model
    def _get_to_invoice_section(self, today):
        domain = Domain("company_id", "in", self.env.companies.ids)
        domain &= Domain("kind", "=", "to_invoice")
        groups = self._read(domain, ["date:day"], ["amount_to_invoice"])
        amounts = add_up_ages(groups, today)
        hours = Domain("company_id", "in", self.env.companies.ids) & Domain("open_hours", ">", 0)
        [(open_hours,)] = self._read(hours, [], ["open_hours"])
        rows = [self._prepare_row("open_hours", open_hours or 0.0, hours)]
        rows += [
            self._prepare_row(
                "amount_to_invoice", amount, domain & self._get_age_domain("date", age, today), label=label
            )
            for age, (label, amount) in enumerate(
                zip(self._get_age_labels(self.env._("Of today")), amounts, strict=True)
            )
        ]
        return {"key": "to_invoice", "title": self.env._("Work not billed"), "rows": rows}

    @api.model
    def _get_age_domain(self, name, age, today):
        """Domain of what is in a column of an ageing (``tools/monday/weeks.py``)."""
        day = fields.Date.to_string
        domain = Domain.TRUE
        if age:
            domain &= Domain(name, "<", day(fields.Date.subtract(today, days=AGES[age - 1])))
        if age < len(AGES):
            limit = Domain(name, ">=", day(fields.Date.subtract(today, days=AGES[age])))
            domain &= limit if age else limit | Domain(name, "=", False)
        return domain

    @api.model
    def _get_receivable_section(self, today):
        domain = (
            Domain("company_id", "in", self.env.companies.ids)
            & Domain("state", "=", "posted")
            & Domain("move_type", "in", ("out_invoice", "out_refund"))
            & Domain("amount_residual_signed", "!=", 0)
        )
        Move = self.env["account.move"]
        if not Move.has_access("read"):
            return {"key": "receivables", "title": "", "rows": []}
        amounts = add_up_ages(
            Move._read_group(domain, ["invoice_date_due:day"], ["amount_residual_signed:sum"]),
            today,
        )
        return {
            "key": "receivables",
            "title": self.env._("Owed by clients"),
            "rows": [
                {
                    "label": label,
                    "value": amount,
                    "before": None,
                    "trend": "bad" if age and amount > 0 else "",
                    "unit": "money",
                    "help": self.env._(
                        "What is left to pay of posted invoices less credit notes, by days after "
                        "the due date."
                    ),
                    "model": "account.move",
                    "domain": list(domain & self._get_age_domain("invoice_date_due", age, today)),
                }
                for age, (label, amount) in enumerate(
                    zip(self._get_age_labels(self.env._("Not due yet")), amounts, strict=True)
                )
            ],
        }

    @api.model
    def _get_pipeline_section(self):
        Order = self.env["sale.order"]
        if not Order.has_access("read"):
            return {"key": "pipeline", "title": "", "rows": []}
        domain = [
            ("company_id", "in", self.env.companies.ids),
            ("quote_status", "=", "open"),
            ("service_file_id", "!=", False),
            ("is_opened_by_job", "=", False),
        ]
        Report = self.env["sercom.kpi.report"]
        quoted = Domain("kind", "=", "quote") & Domain("quote_decided_count", "=", 0)
        quoted &= Domain("company_id", "in", self.env.companies.ids)
        [(amount,)] = Report._read_group(quoted, [], ["quote_amount:sum"])
        count = self._prepare_count(
            self.env._("Open quotes"),
            "sale.order",
            domain[1:],
            self.env._("Quotes that are neither sold nor lost."),
        )
        row = self._prepare_row("quote_amount", amount or 0.0, quoted)
        return {"key": "pipeline", "title": self.env._("Pipeline"), "rows": [count, row]}
