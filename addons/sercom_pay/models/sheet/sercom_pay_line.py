from odoo import api, fields, models

from ...tools.sheet.access import AMOUNT_GROUPS

LINE_KINDS = [
    ("work", "Work"),
    ("travel", "Travel"),
    ("other", "Other Paid Time"),
    ("allowance", "Allowance"),
    ("expense", "Expense"),
]
HOURS = ("regular_hours", "overtime_hours", "travel_hours", "other_hours")


class SercomPayLine(models.Model):
    """Something that is paid on a sheet; never edited.

    ``source`` names what it pays, and ``number`` the how-manieth line of it this is: the first
    pays it, those after it correct it on later sheets. The database has one line of each number,
    so that two sheets made at the same moment cannot both pay it.
    """

    _name = "sercom.pay.line"
    _description = "Line of a Pay Sheet"
    _inherit = ["sercom.field.access.mixin"]
    _order = "date, id"
    _check_company_auto = True

    sheet_id = fields.Many2one(
        "sercom.pay.sheet", "Pay Sheet", required=True, index=True, ondelete="cascade"
    )
    employee_id = fields.Many2one(related="sheet_id.employee_id", store=True, index=True)
    company_id = fields.Many2one(related="sheet_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="sheet_id.state")
    date = fields.Date(required=True, readonly=True)
    kind = fields.Selection(LINE_KINDS, required=True, readonly=True)
    name = fields.Char("Description", compute="_compute_name", compute_sudo=True)
    hours = fields.Float(readonly=True)
    multiplier = fields.Float(
        default=1.0,
        readonly=True,
        aggregator=None,
        help="Times what an hour is paid: more than 1 for overtime.",
    )
    is_overtime = fields.Boolean("Overtime", compute="_compute_is_overtime", store=True)
    is_correction = fields.Boolean("Correction", compute="_compute_is_correction", store=True)
    rate = fields.Monetary(
        readonly=True,
        groups=AMOUNT_GROUPS,
        aggregator=None,
        help="What an hour of that day is paid.",
    )
    amount = fields.Monetary(readonly=True, groups=AMOUNT_GROUPS)
    source = fields.Char(required=True, readonly=True, help="What the line pays.")
    number = fields.Integer(default=1, required=True, readonly=True, aggregator=None)
    attendance_id = fields.Many2one(
        "hr.attendance", "Clock Entry", readonly=True, index="btree_not_null", ondelete="set null"
    )
    allowance_id = fields.Many2one(
        "sercom.pay.allowance", readonly=True, index="btree_not_null", ondelete="set null"
    )
    corrected_sheet_id = fields.Many2one(
        "sercom.pay.sheet", "Corrects", readonly=True, index="btree_not_null", ondelete="set null"
    )

    _source_uniq = models.UniqueIndex(
        "(employee_id, source, number)",
        "Somebody else is putting these hours on a pay sheet at this moment. Prepare it again.",
    )

    @api.depends("multiplier")
    def _compute_is_overtime(self):
        for line in self:
            line.is_overtime = line.multiplier > 1.0

    @api.depends("number", "date", "sheet_id.date_start")
    def _compute_is_correction(self):
        for line in self:
            is_late = line.date and line.sheet_id and line.date < line.sheet_id.date_start
            line.is_correction = line.number > 1 or is_late

    @api.depends("kind", "attendance_id.fsm_order_id", "allowance_id", "corrected_sheet_id")
    @api.depends_context("lang")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            job = line.attendance_id.fsm_order_id  # its number; its subject is not for all
            what = line.allowance_id.type_id.name or kinds.get(line.kind, "")
            words = [what, job.name]
            if line.is_overtime:
                words.append(self.env._("overtime × %s", f"{line.multiplier:g}"))
            if line.corrected_sheet_id:
                words.append(
                    self.env._("corrects %s", line.corrected_sheet_id.period_id.display_name)
                )
            elif line.is_correction:
                words.append(self.env._("approved late"))
            line.name = " · ".join(filter(None, words))

    def _get_totals(self, currency):
        """Totals of these lines, by the names of their sheet's fields."""
        totals = dict.fromkeys((*HOURS, "correction_hours", "hours_amount", "premium_amount"), 0.0)
        totals |= {f"{kind}_amount": 0.0 for kind in ("allowance", "expense", "correction")}
        for line in self:
            for name, value in line._get_shares():
                totals[name] += value
        totals["premium_amount"] = currency.round(totals["premium_amount"])
        totals["total_hours"] = sum(totals[name] for name in HOURS)
        totals["amount_total"] = (
            totals["hours_amount"] + totals["allowance_amount"] + totals["expense_amount"]
        )
        return totals

    def _get_shares(self):
        """What the line adds to the totals of its sheet: pairs of a field's name and a value."""
        self.ensure_one()
        if self.kind in ("allowance", "expense"):
            yield f"{self.kind}_amount", self.amount
            yield "other_hours", self.hours
        else:
            yield "hours_amount", self.amount
            yield self._get_hours_field(), self.hours
            premium = self.hours * self.rate * (self.multiplier - 1.0)
            yield "premium_amount", premium
        if self.is_correction:
            yield "correction_hours", self.hours
            yield "correction_amount", self.amount

    def _lacks_rate(self):
        """Whether the line pays hours for the first time, and nobody said what one is paid."""
        self.ensure_one()
        return bool(self.hours and not self.rate and self.number == 1)

    def _get_hours_field(self):
        if self.is_overtime:
            return "overtime_hours"
        return "regular_hours" if self.kind == "work" else f"{self.kind}_hours"
