from itertools import islice

from babel.dates import get_day_names, get_month_names
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, format_duration, get_lang

from odoo.addons.sercom_requests.tools.local_time import to_local

from ..tools.recurrence import Rule, iterate_occurrences

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PREVIEW = 8
RULE_FIELDS = {
    "fsm_frequency_set_id",
    "repeat_interval",
    "repeat_unit",
    "month_by",
    "month_day",
    "week_position",
    "position_weekday",
    *WEEKDAYS,
    *MONTHS,
}


class FsmRecurring(models.Model):
    """How often: fields of the recurring job itself, or a frequency set shared by several.

    Both become ``Rule`` of ``tools/recurrence``, which alone tells the dates.
    """

    _inherit = "fsm.recurring"

    fsm_frequency_set_id = fields.Many2one(
        help="For what the fields above cannot say. It then tells the dates in their place.",
        tracking=True,
    )
    repeat_interval = fields.Integer("Every", default=1, required=True, tracking=True)
    repeat_unit = fields.Selection(
        [("day", "Days"), ("week", "Weeks"), ("month", "Months"), ("year", "Years")],
        default="week",
        required=True,
        tracking=True,
    )
    mon = fields.Boolean("Monday")
    tue = fields.Boolean("Tuesday")
    wed = fields.Boolean("Wednesday")
    thu = fields.Boolean("Thursday")
    fri = fields.Boolean("Friday")
    sat = fields.Boolean("Saturday")
    sun = fields.Boolean("Sunday")
    jan = fields.Boolean("January")
    feb = fields.Boolean("February")
    mar = fields.Boolean("March")
    apr = fields.Boolean("April")
    may = fields.Boolean()
    jun = fields.Boolean("June")
    jul = fields.Boolean("July")
    aug = fields.Boolean("August")
    sep = fields.Boolean("September")
    oct = fields.Boolean("October")
    nov = fields.Boolean("November")
    dec = fields.Boolean("December")
    month_by = fields.Selection(
        [("date", "Day of the month"), ("weekday", "Weekday of the month")],
        string="On",
        default="date",
        required=True,
    )
    month_day = fields.Integer(
        "Day of the Month",
        help="31 is the last day of every month. Zero is the day of the first visit.",
    )
    week_position = fields.Selection(
        [("1", "First"), ("2", "Second"), ("3", "Third"), ("4", "Fourth"), ("-1", "Last")],
        string="Which One",
        default="1",
    )
    position_weekday = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        string="Weekday",
        default="0",
    )
    frequency_label = fields.Char("Frequency", compute="_compute_frequency_label")
    next_visits = fields.Html(
        compute="_compute_next_visits", sanitize=False, help="In the site's time."
    )

    _interval_positive = models.Constraint(
        "CHECK (repeat_interval > 0)", "A recurring job comes back every 1, 2, 3… units."
    )
    _month_day_range = models.Constraint(
        "CHECK (month_day >= 0 AND month_day <= 31)", "The day of the month is between 1 and 31."
    )

    @api.constrains("fsm_frequency_set_id")
    def _check_frequency_company(self):
        for recurring in self:
            companies = recurring.fsm_frequency_set_id.fsm_frequency_ids.company_id
            if companies - recurring.company_id:
                raise ValidationError(
                    self.env._(
                        "The frequency set of %s belongs to another company.", recurring.name
                    )
                )

    def _get_rules(self):
        """The ``Rule`` of this one recurring job."""
        self.ensure_one()
        if self.fsm_frequency_set_id:
            frequencies = self.fsm_frequency_set_id.fsm_frequency_ids
            return [frequency._get_recurrence_rule() for frequency in frequencies]
        unit = self.repeat_unit
        options = {"interval": max(self.repeat_interval, 1)}
        if unit != "day":
            options["months"] = self._get_months()
        if unit == "week":
            options["weekdays"] = self._get_weekdays()
        elif unit != "day" and self.month_by == "weekday":
            options["weekdays"] = (int(self.position_weekday or 0),)
            options["position"] = int(self.week_position or 1)
        elif unit != "day":
            options["month_day"] = self.month_day
        return [Rule(unit, **options)]

    def _get_weekdays(self):
        return tuple(day for day, name in enumerate(WEEKDAYS) if self[name])

    def _get_months(self):
        return tuple(month for month, name in enumerate(MONTHS, 1) if self[name])

    def _iterate_occurrences(self, after=None, until=None):
        """Dates and UTC starts of the visits of this one recurring job, end date included.

        :param date after: first local date wanted
        :param date until: last local date wanted
        """
        self.ensure_one()
        first = self._get_local_first()
        if not first:
            return iter(())
        until = min(filter(None, (until, self.date_last)), default=None)
        return iterate_occurrences(self._get_rules(), first, self.tz, after, until)

    # Shown to people

    @api.depends(*RULE_FIELDS, "start_date", "date_first", "start_hour")
    @api.depends_context("lang")
    def _compute_frequency_label(self):
        for recurring in self:
            words = recurring.fsm_frequency_set_id.name or recurring._get_rule_words()
            hour = format_duration(recurring.start_hour)
            recurring.frequency_label = self.env._("%(often)s at %(hour)s", often=words, hour=hour)

    def _get_rule_words(self):
        count, unit = max(self.repeat_interval, 1), self.repeat_unit
        words = self._get_unit_words(count, unit)
        locale = get_lang(self.env).code
        days = get_day_names("wide", locale=locale)
        months = get_month_names("wide", locale=locale)
        chosen = ", ".join(months[month] for month in self._get_months())
        if unit == "week" and (weekdays := self._get_weekdays()):
            names = ", ".join(days[day] for day in weekdays)
            words = self.env._("%(often)s on %(days)s", often=words, days=names)
        elif unit in ("month", "year"):
            words = self.env._(
                "%(often)s, %(day)s", often=words, day=self._get_month_day_words(days)
            )
        if chosen and unit != "day":
            words = self.env._("%(often)s, in %(months)s", often=words, months=chosen)
        return words

    def _get_unit_words(self, count, unit):
        if count == 1:
            return {
                "day": self.env._("Every day"),
                "week": self.env._("Every week"),
                "month": self.env._("Every month"),
                "year": self.env._("Every year"),
            }[unit]
        return {
            "day": self.env._("Every %s days", count),
            "week": self.env._("Every %s weeks", count),
            "month": self.env._("Every %s months", count),
            "year": self.env._("Every %s years", count),
        }[unit]

    def _get_month_day_words(self, days):
        if self.month_by == "weekday":
            positions = dict(self._fields["week_position"]._description_selection(self.env))
            return self.env._(
                "%(position)s %(weekday)s",
                position=positions[self.week_position or "1"].lower(),
                weekday=days[int(self.position_weekday or 0)],
            )
        day = self.month_day or (self.date_first.day if self.date_first else 1)
        if day == 31:
            return self.env._("last day of the month")
        return self.env._("day %s of the month", day)

    @api.depends(
        *RULE_FIELDS,
        "tz",
        "start_date",
        "end_date",
        "date_first",
        "start_hour",
        "date_last",
        "skip_ids.date",
        "fsm_order_ids.recurrence_date",
    )
    @api.depends_context("lang")
    def _compute_next_visits(self):
        for recurring in self:
            recurring.next_visits = recurring._get_next_visits_html()

    def _get_next_visits_html(self):
        if not self.date_first:
            return False
        skipped = {skip.date: skip.reason for skip in self.skip_ids}
        visits = {job.recurrence_date: job for job in self.fsm_order_ids if job.recurrence_date}
        rows = []
        for day, start in islice(self._iterate_occurrences(self._get_today()), PREVIEW):
            told = ""
            if day in skipped:
                told = self.env._("skipped: %s", skipped[day] or "–")
            elif day in visits:
                told = visits[day].name
            local = to_local(start, self.tz)
            rows.append(
                Markup("<tr><td>%s</td><td>%s</td><td class='text-muted'>%s</td></tr>")
                % (
                    format_date(self.env, day, date_format="EEE d MMM y"),
                    local.strftime("%H:%M"),
                    told,
                )
            )
        if not rows:
            return Markup("<p>%s</p>") % self.env._("No visit is left to make.")
        return Markup("<table class='table table-sm mb-0'>%s</table>") % Markup().join(rows)
