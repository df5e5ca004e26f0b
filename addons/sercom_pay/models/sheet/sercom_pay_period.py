from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.wording import format_day

from ...tools.sheet.access import AMOUNT_GROUPS, PAYERS

STATES = [
    ("prepared", "To Check"),
    ("checked", "Checked"),
    ("locked", "Locked"),
    ("paid", "Paid"),
]


class SercomPayPeriod(models.Model):
    """A pay period of a company, with a sheet for each person who has something to be paid."""

    _name = "sercom.pay.period"
    _description = "Pay Period"
    _inherit = ["sercom.field.access.mixin"]
    _order = "date_start desc"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_start = fields.Date(
        "From",
        required=True,
        default=lambda self: self._get_last_period()[0],
        help="The period that this day is in, as the settings cut them.",
    )
    date_end = fields.Date(
        "To", compute="_compute_date_end", store=True, readonly=True, precompute=True
    )
    sheet_ids = fields.One2many("sercom.pay.sheet", "period_id", readonly=True)
    sheet_count = fields.Integer(compute="_compute_totals", compute_sudo=True)
    state = fields.Selection(
        [("empty", "To Prepare"), *STATES], compute="_compute_totals", compute_sudo=True
    )
    total_hours = fields.Float(compute="_compute_totals", compute_sudo=True)
    amount_total = fields.Monetary(
        "Due", compute="_compute_totals", compute_sudo=True, groups=AMOUNT_GROUPS
    )

    _start_uniq = models.UniqueIndex(
        "(company_id, date_start)", "This pay period exists already. Open it instead."
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(company_id, company_id, '[]') WITH &&, "
        "daterange(date_start, date_end, '[]') WITH &&)",
        "Another pay period has some of these days. Choose a day after it.",
    )

    @api.model
    def _get_creatable_fields(self):
        return {
            **super()._get_creatable_fields(),
            **dict.fromkeys(PAYERS, {"company_id", "date_start"}),
        }

    @api.model
    def _get_last_period(self):
        """The last period of the company that is over; the next one, where it exists already."""
        company = self.env.company
        start, _end = company._get_pay_period(fields.Date.context_today(self))
        found = company._get_pay_period(fields.Date.subtract(start, days=1))
        last = self.search([("company_id", "=", company.id)], order="date_end desc", limit=1)
        if last.date_end and last.date_end >= found[0]:
            return company._get_pay_period(fields.Date.add(last.date_end, days=1))
        return found

    @api.depends("date_start")
    def _compute_date_end(self):
        for period in self:
            if period.date_start:
                period.date_end = period.company_id._get_pay_period(period.date_start)[1]

    @api.onchange("date_start", "company_id")
    def _onchange_date_start(self):
        if self.date_start and self.company_id:
            self.date_start = self.company_id._get_pay_period(self.date_start)[0]

    @api.depends("sheet_ids.state", "sheet_ids.total_hours", "sheet_ids.amount_total")
    def _compute_totals(self):
        order = [state for state, _label in STATES]
        found = {}
        for period, state, *figures in self.env["sercom.pay.sheet"]._read_group(
            [("period_id", "in", self.ids)],
            ["period_id", "state"],
            ["__count", "total_hours:sum", "amount_total:sum"],
        ):
            found.setdefault(period.id, {})[state] = figures
        for period in self:
            by_state = found.get(period._origin.id, {})
            figures = [sum(column) for column in zip(*by_state.values(), strict=True)]
            period.sheet_count, period.total_hours, period.amount_total = figures or (0, 0.0, 0.0)
            period.state = min(by_state, key=order.index) if by_state else "empty"

    @api.depends("date_start", "date_end")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for period in self:
            days = [period.date_start, period.date_end]
            period.display_name = (
                " – ".join(format_day(self.env, day) for day in days) + f" {days[1].year}"
                if all(days)
                else ""
            )

    @api.model_create_multi
    def create(self, vals_list):
        completed = []
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id")) or self.env.company
            day = fields.Date.to_date(vals.get("date_start"))
            start = company._get_pay_period(day)[0] if day else self._get_last_period()[0]
            completed.append({**vals, "date_start": start})
        return super().create(completed)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sheets(self):
        for period in self:
            if period.sheet_ids:
                raise UserError(
                    self.env._(
                        "%s has pay sheets. Delete those that are not locked first.",
                        period.display_name,
                    )
                )

    # Actions

    def action_prepare(self):
        """Make the sheets of the period, or make those that are not checked yet anew.

        :raises AccessError: when the user pays nobody
        """
        self.env["sercom.pay.sheet"]._check_may_pay()
        self.check_access("read")
        for period in self.sorted("date_start"):
            # sudo: sheets are written by these actions alone
            period.sudo()._prepare_sheets()
        return True

    def _prepare_sheets(self):
        company = self.company_id
        if not company.pay_since:
            company.pay_since = self.date_start
        sheets = self.sheet_ids.filtered(lambda sheet: sheet.state == "prepared")
        sheets._fill()
        sheets.filtered(lambda sheet: not sheet.line_ids).unlink()
        people = self._find_people() - self.sheet_ids.employee_id
        due = self.sheet_ids.browse()._get_due(people, self.date_end)
        new = self.sheet_ids.create(
            [
                {"period_id": self.id, "employee_id": employee.id}
                for employee in people
                if due[employee.id]
            ]
        )
        new._fill()

    def _find_people(self):
        """Who may have something to be paid: hook, in sudo.

        :return: ``hr.employee``
        """
        days = [("date", ">=", self.company_id.pay_since), ("date", "<=", self.date_end)]
        own = [("employee_id.company_id", "=", self.company_id.id)]
        everybody = self.env["hr.employee"].with_context(active_test=False)
        sources = (
            ("account.analytic.line", [("attendance_id", "!=", False), *days, *own]),
            ("hr.attendance", [("is_pay_approved", "=", True), *own]),
            ("sercom.pay.allowance", [*days, *own]),
            ("sercom.pay.line", [*days, *own]),
        )
        people = everybody.browse()
        for model, domain in sources:
            groups = self.env[model]._read_group(domain, [], ["employee_id:recordset"])
            people |= everybody.browse(groups[0][0].ids)
        return people

    def _act_on_sheets(self, state, action):
        self.check_access("read")
        sheets = self.sheet_ids.filtered(lambda sheet: sheet.state == state)
        if not sheets:
            label = dict(STATES)[state]
            raise UserError(
                self.env._(
                    "No sheet of %(period)s is “%(state)s”. Prepare it first.",
                    period=self[:1].display_name,
                    state=label,
                )
            )
        return getattr(sheets, action)()

    def action_check(self):
        """Say that all sheets of the period were looked at."""
        return self._act_on_sheets("prepared", "action_check")

    def action_lock(self):
        """Lock the checked sheets of the period."""
        return self._act_on_sheets("checked", "action_lock")

    def action_mark_paid(self):
        """Say that the locked sheets of the period are paid."""
        return self._act_on_sheets("locked", "action_mark_paid")

    def action_open_sheets(self):
        """Show the sheets of the period."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("sercom_pay.sercom_pay_sheet_action"),
            "domain": [("period_id", "=", self.id)],
            "context": {},
        }
