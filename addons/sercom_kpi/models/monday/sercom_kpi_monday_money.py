from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.monday.weeks import AGES, add_up_ages


class SercomKpiMonday(models.AbstractModel):
    """Money on the Monday page: work to invoice and receivables by age, open quotes."""

    _inherit = "sercom.kpi.monday"

    @api.model
    def _read_open(self, companies, week):
        """What is open now, and this week's capacity, in one query.

        :param Domain companies: of the companies that are shown
        :param Domain week: of this week
        :return: ``{measure: amount}``, and ``days``: ``(day, hours to bill, amount to invoice)``
        """
        names = ("open_hours", "amount_to_invoice", "quote_count", "quote_decided_count")
        names += ("quote_amount", "quote_decided_amount", "capacity_hours", "planned_hours")
        [total], days = self.env["sercom.kpi.report"]._read_grouping_sets(
            companies & Domain("kind", "in", ("hours", "quote", "to_invoice"))
            | week & Domain("kind", "in", ("capacity", "planned")),
            [[], ["date:day"]],
            self._get_specs(names),
        )
        opened = {name: value or 0 for name, value in zip(names, total, strict=True)}
        return {**opened, "days": [(day, *values[:2]) for day, *values in days]}

    @api.model
    def _get_age_labels(self, fresh):
        labels = [fresh]
        labels += [
            self.env._("%(low)s to %(high)s days", low=low + 1, high=high)
            for low, high in zip(AGES, AGES[1:], strict=False)
        ]
        return [*labels, self.env._("More than %s days", AGES[-1])]

    @api.model
    def _get_to_invoice_section(self, companies, today, opened):
        """Hours to bill and the value of work to invoice, each in all and by its age."""
        labels = self._get_age_labels(self.env._("Of today"))
        rows = []
        for position, (measure, kind) in enumerate(
            (("open_hours", "hours"), ("amount_to_invoice", "to_invoice")), start=1
        ):
            domain = companies & Domain("kind", "=", kind)
            amounts = add_up_ages([(own[0], own[position] or 0.0) for own in opened["days"]], today)
            label = self.env._("Value to Invoice") if kind == "to_invoice" else None
            rows.append(self._prepare_row(measure, opened[measure], domain, label=label))
            rows += [
                self._prepare_row(
                    measure,
                    amount,
                    domain & self._get_age_domain("date", age, today),
                    label=label,
                )
                for age, (label, amount) in enumerate(zip(labels, amounts, strict=True))
                if amount
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
    def _get_pipeline_section(self, companies, opened):
        domain = companies & Domain("kind", "=", "quote") & Domain("quote_decided_count", "=", 0)
        count = opened["quote_count"] - opened["quote_decided_count"]
        amount = opened["quote_amount"] - opened["quote_decided_amount"]
        return {
            "key": "pipeline",
            "title": self.env._("Open quotes"),
            "rows": [
                self._prepare_row("quote_count", count, domain),
                self._prepare_row("quote_amount", amount, domain),
            ],
        }
