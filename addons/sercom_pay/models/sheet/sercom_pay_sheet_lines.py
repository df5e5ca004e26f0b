from odoo import fields, models

from odoo.addons.sercom_requests.tools.lock import lock_rows

from ...tools.sheet.ledger import Posted, reckon_due


class SercomPaySheet(models.Model):
    """The lines of a sheet: what is due, less what other sheets hold."""

    _inherit = "sercom.pay.sheet"

    def _fill(self):
        """Make the lines of these sheets anew, those of earlier periods first; in sudo."""
        # Two who fill sheets of one person wait for each other, and see what the other one did.
        lock_rows(self.employee_id, claim=True)
        by_period = self.grouped("period_id")
        for period in sorted(by_period, key=lambda period: period.date_start):
            sheets = by_period[period]
            sheets._fill_with(sheets._reckon())
        self._close_rate_requests()

    def _fill_with(self, due_by_sheet):
        self.line_ids.unlink()
        self.env["sercom.pay.line"].create(
            [
                {
                    "sheet_id": sheet.id,
                    "date": due.date,
                    "kind": due.kind,
                    "hours": due.hours,
                    "rate": due.rate,
                    "multiplier": due.multiplier,
                    "amount": due.amount,
                    "source": due.source,
                    "number": due.number,
                    **due.origin,
                }
                for sheet, lines in due_by_sheet.items()
                for due in lines
            ]
        )
        self.write({"prepared_by_id": self.env.uid, "prepared_on": fields.Datetime.now()})

    def _reckon(self):
        """What these sheets should hold: ``{sheet: list of Due}``."""
        answer = {}
        for last_day, sheets in self.grouped("date_end").items():
            due = sheets._get_due(sheets.employee_id, last_day)
            answer |= {sheet: due[sheet.employee_id.id] for sheet in sheets}
        return answer

    def _get_due(self, employees, last_day):
        """What people are to be paid up to a day beside what is on sheets other than these.

        :return: ``{employee id: list of Due}``
        """
        entitlements = self._get_entitlements(employees, last_day)
        posted = self._get_posted(employees, last_day)
        return {
            employee.id: reckon_due(entitlements[employee.id], posted.get(employee.id, {}))
            for employee in employees
        }

    def _get_posted(self, employees, last_day):
        """What sheets other than these hold: ``{employee id: {source: Posted}}``."""
        answer = {}
        groups = self.env["sercom.pay.line"]._read_group(
            [
                ("employee_id", "in", employees.ids),
                ("sheet_id", "not in", self.ids),
                ("date", "<=", last_day),
            ],
            ["employee_id", "source"],
            [
                "date:max",
                "hours:sum",
                "amount:sum",
                "number:max",
                "rate:max",
                "multiplier:max",
                "kind:array_agg",
                "sheet_id:max",
                "attendance_id:max",
                "allowance_id:max",
            ],
        )
        for employee, source, day, hours, amount, number, rate, times, kinds, *ids in groups:
            sheet, attendance, allowance = ids
            answer.setdefault(employee.id, {})[source] = Posted(
                date=day,
                kind=kinds[0],
                hours=hours,
                amount=amount,
                number=number,
                rate=rate,
                multiplier=times,
                origin={
                    "corrected_sheet_id": sheet,
                    "attendance_id": attendance,
                    "allowance_id": allowance,
                },
            )
        return answer

    def _group_by_rate(self):
        """Lines of a sheet by what an hour is paid, in the order of their days.

        What is paid without a rate stands with the first one.
        """
        self.ensure_one()
        lines = self.line_ids.sorted(lambda line: (line.date, line.id))
        priced = lines.filtered("rate").grouped("rate") or {0.0: lines.browse()}
        first = next(iter(priced))
        return {**priced, first: priced[first] | (lines - lines.filtered("rate"))}
