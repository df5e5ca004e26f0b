from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.sheet.access import AMOUNT_GROUPS, PAYERS
from .sercom_pay_period import STATES

SETTLED = ("locked", "paid")


class SercomPaySheet(models.Model):
    """What a person is paid for a period.

    How it works: *to check → checked → locked → paid*. Until it is checked, a sheet can be made
    anew; from the lock on it never changes. What changes afterwards about its hours is a line of
    the next sheet: that is what somebody is entitled to, less what is on sheets already
    (``tools.sheet.ledger``). Workers read their own hours; amounts are for who pays.
    """

    _name = "sercom.pay.sheet"
    _description = "Pay Sheet"
    _inherit = ["mail.thread", "sercom.field.access.mixin"]
    _is_history_kept = True
    _mail_post_access = "read"
    _order = "date_start desc, id desc"
    _check_company_auto = True

    period_id = fields.Many2one(
        "sercom.pay.period",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        groups=AMOUNT_GROUPS,
    )
    employee_id = fields.Many2one(
        "hr.employee", "Person", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="period_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_start = fields.Date(related="period_id.date_start", store=True)
    date_end = fields.Date(related="period_id.date_end", store=True)
    state = fields.Selection(
        STATES, default="prepared", required=True, readonly=True, copy=False, tracking=True
    )
    line_ids = fields.One2many("sercom.pay.line", "sheet_id", readonly=True, copy=False)
    regular_hours = fields.Float(
        compute="_compute_totals", store=True, help="Work at the rate of an hour."
    )
    overtime_hours = fields.Float(
        compute="_compute_totals", store=True, help="Hours of any kind that are paid a premium."
    )
    travel_hours = fields.Float(compute="_compute_totals", store=True)
    other_hours = fields.Float(
        compute="_compute_totals",
        store=True,
        help="Paid time that belongs to no job, and hours of pay that are allowed.",
    )
    total_hours = fields.Float(compute="_compute_totals", store=True)
    correction_hours = fields.Float(
        compute="_compute_totals",
        store=True,
        help="Of these hours, those that correct earlier sheets.",
    )
    hours_amount = fields.Monetary(
        "Pay of the Hours",
        compute="_compute_totals",
        store=True,
        groups=AMOUNT_GROUPS,
        help="At the rate of each day.",
    )
    premium_amount = fields.Monetary(
        "Overtime Premium",
        compute="_compute_totals",
        store=True,
        groups=AMOUNT_GROUPS,
        help="Part of it: what overtime is paid more than other hours.",
    )
    allowance_amount = fields.Monetary(
        "Allowances", compute="_compute_totals", store=True, groups=AMOUNT_GROUPS
    )
    expense_amount = fields.Monetary(
        "Expenses", compute="_compute_totals", store=True, groups=AMOUNT_GROUPS
    )
    correction_amount = fields.Monetary(
        "Corrections",
        compute="_compute_totals",
        store=True,
        groups=AMOUNT_GROUPS,
        help="Part of what is due: the difference to earlier sheets.",
    )
    amount_total = fields.Monetary(
        "Due", compute="_compute_totals", store=True, groups=AMOUNT_GROUPS
    )
    amount_before = fields.Monetary(
        "Paid Before",
        compute="_compute_amount_before",
        compute_sudo=True,
        groups=AMOUNT_GROUPS,
        help="On sheets of earlier periods of this year that are locked or paid.",
    )
    prepared_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    prepared_on = fields.Datetime(readonly=True, copy=False)
    checked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    checked_on = fields.Datetime(readonly=True, copy=False)
    locked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    locked_on = fields.Datetime(readonly=True, copy=False)
    paid_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    paid_on = fields.Datetime(readonly=True, copy=False)

    _period_uniq = models.UniqueIndex(
        "(employee_id, period_id)", "This person has a pay sheet for this period already."
    )

    @api.depends("line_ids.amount", "line_ids.hours", "line_ids.kind", "line_ids.multiplier")
    def _compute_totals(self):
        for sheet in self:
            sheet.update(sheet.line_ids._get_totals(sheet.currency_id))

    @api.depends("employee_id", "date_start")
    def _compute_amount_before(self):
        for sheet in self:
            before = self._read_group(
                [
                    ("employee_id", "=", sheet.employee_id.id),
                    ("company_id", "=", sheet.company_id.id),
                    ("state", "in", SETTLED),
                    ("date_end", ">=", sheet.date_end and sheet.date_end.replace(month=1, day=1)),
                    ("date_start", "<", sheet.date_start),
                ],
                [],
                ["amount_total:sum"],
            )
            sheet.amount_before = before[0][0]

    @api.depends("employee_id", "period_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for sheet in self.sudo():  # sudo: the name of the person and of the period
            sheet.display_name = f"{sheet.employee_id.name}, {sheet.period_id.display_name}"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settled(self):
        for sheet in self:
            if sheet.state != "prepared":
                raise UserError(
                    self.env._(
                        "%s was checked. Put it back to check before you delete it.",
                        sheet.display_name,
                    )
                )

    # Actions

    def action_prepare(self):
        """Make these sheets anew from what is approved now."""
        self._check_may_pay()
        self._in_state("prepared")._fill()
        return True

    def action_check(self):
        """Say that these sheets were looked at, and are right.

        :raises UserError: naming the persons whose hours have no rate
        """
        self._check_may_pay()
        sheets = self._in_state("prepared")
        sheets._check_rates()
        sheets._move_to("checked")
        return True

    def action_back(self):
        """Checked → to check."""
        self._check_may_pay()
        sheets = self._in_state("checked")
        sheets.write({"state": "prepared", "checked_by_id": False, "checked_on": False})
        return True

    def action_lock(self):
        """Fix these sheets and the hours that they pay.

        :raises UserError: naming a sheet whose hours have changed since it was checked
        """
        self._check_may_pay()
        sheets = self._in_state("checked")
        sheets._check_current()
        sheets._move_to("locked")
        sheets._lock_hours()
        return True

    def action_mark_paid(self):
        """Say that these sheets are paid."""
        self._check_may_pay()
        self._in_state("locked")._move_to("paid")
        return True

    def action_delete(self):
        """Delete this sheet, which is not checked yet, and show its period."""
        self.ensure_one()
        self._check_may_pay()
        period = self.period_id
        self.unlink()
        return {
            "type": "ir.actions.act_window",
            "res_model": period._name,
            "res_id": period.id,
            "views": [(False, "form")],
        }

    @api.model
    def _check_may_pay(self):
        """:raises AccessError: for who neither pays nor manages"""
        if not self.env.su and not any(map(self.env.user.has_group, PAYERS)):
            raise AccessError(self.env._("Pay sheets are for accountants and managers."))

    def _in_state(self, state):
        """Those of these sheets that are in a state; in sudo, once they may be read."""
        self.check_access("read")
        # sudo: sheets are written by their actions alone
        return self.sudo().filtered(lambda sheet: sheet.state == state)

    def _move_to(self, state):
        self.write(
            {
                "state": state,
                f"{state}_by_id": self.env.uid,
                f"{state}_on": fields.Datetime.now(),
            }
        )

    def _is_settled(self):
        """Whether the sheet no longer changes."""
        return self.state in SETTLED

    def _check_current(self):
        """:raises UserError: naming a sheet that would be another one if it were made now"""
        for sheet, due in self._reckon().items():
            now = {(one.source, round(one.hours, 3), round(one.amount, 2)) for one in due}
            kept = {
                (line.source, round(line.hours, 3), round(line.amount, 2))
                for line in sheet.line_ids
            }
            if now != kept:
                raise UserError(
                    self.env._(
                        "Hours of %s have changed since it was checked. Put it back to check, "
                        "prepare it again and look at it.",
                        sheet.display_name,
                    )
                )

    def _lock_hours(self):
        """Lock the approved timesheets that these sheets pay."""
        entries = self.line_ids.attendance_id
        last_day = {}
        for line in self.line_ids:
            days = last_day.get(line.attendance_id, line.date)
            last_day[line.attendance_id] = max(days, line.date)
        hours = entries.timesheet_ids.filtered(
            lambda hours: (
                hours.approval_state == "approved" and hours.date <= last_day[hours.attendance_id]
            )
        )
        hours.action_lock()
