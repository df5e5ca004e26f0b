from odoo import fields, models

from ...tools.sheet.periods import HALF_MONTH, TWO_WEEKS, WEEK, find_period, find_week

PAY_PERIODS = [
    (WEEK, "Each week"),
    (TWO_WEEKS, "Every two weeks"),
    (HALF_MONTH, "Twice a month (1–15, 16–end)"),
]


class ResCompany(models.Model):
    """When people are paid, and from which day on Sercom reckons what they earn."""

    _inherit = "res.company"

    pay_period = fields.Selection(PAY_PERIODS, default=TWO_WEEKS, required=True)
    pay_first_day = fields.Date(
        "First Day of a Period",
        default="2024-01-01",
        required=True,
        help="Any day on which a pay period began. The weeks of the overtime begin on its weekday.",
    )
    pay_since = fields.Date(
        "Paid by Pay Sheet since",
        help="Hours before this day were paid otherwise. Set by the first period that is prepared.",
    )

    def _get_pay_period(self, day):
        """First and last day of the pay period that a day is in."""
        self.ensure_one()
        return find_period(day, self.pay_period, self.pay_first_day)

    def _get_pay_week(self, day):
        """First day of the week of overtime that a day is in."""
        self.ensure_one()
        return find_week(day, self.pay_first_day)
