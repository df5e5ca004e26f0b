from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.monday.weeks import AGES, add_up_ages


class SercomKpiMonday(models.AbstractModel):
    """Money on the Monday page: work to invoice and receivables by age, open quotes."""

    _inherit = "sercom.kpi.monday"

    @api.model
    def _get_sections(self, today):
        domain = Domain("company_id", "in", self.env.companies.ids)
        open_now = domain & Domain("kind", "in", ("hours", "quote"))
        names = ("open_hours", "quote_count", "quote_decided_count")
        names += ("quote_amount", "quote_decided_amount")
        values = self._read(open_now, [], names)[0]
        hours, quotes, decided, quoted, settled = (value or 0 for value in values)
        return [
            *super()._get_sections(today),
            self._get_to_invoice_section(domain, today, hours),
            self._get_receivable_section(domain, today),
            self._get_pipeline_section(domain, quotes - decided, quoted - settled),
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
    def _get_to_invoice_section(self, companies, today, hours):
        domain = companies & Domain("kind", "=", "to_invoice")
        amounts = add_up_ages(self._read(domain, ["date:day"], ["amount_to_invoice"]), today)
        labels = self._get_age_labels(self.env._("Of today"))
        rows = [
            self._prepare_row(
                "amount_to_invoice",
                amount,
                domain & self._get_age_domain("date", age, today),
                label=label,
            )
            for age, (label, amount) in enumerate(zip(labels, amounts, strict=True))
        ]
        rows.insert(0, self._prepare_row("open_hours", hours, companies))
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
    def _get_receivable_section(self, companies, today):
        domain = (
            companies
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
    def _get_pipeline_section(self, companies, count, amount):
        opened = companies & Domain("kind", "=", "quote") & Domain("quote_decided_count", "=", 0)
        return {
            "key": "pipeline",
            "title": self.env._("Open quotes"),
            "rows": [
                self._prepare_row("quote_count", count, opened),
                self._prepare_row("quote_amount", amount, opened),
            ],
        }
