from collections import Counter
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import format_date, format_time

from odoo.addons.sercom_requests.tools.field_access import SETTINGS, merge_fields
from odoo.addons.sercom_requests.tools.local_time import day_start, local_date

from ...tools.booking.times import choose_starts

# Times of a day that a client chooses from.
PER_DAY = 6


class ResCompany(models.Model):
    """Whether clients choose the time of their visits, and of which times."""

    _inherit = "res.company"

    web_booking = fields.Selection(
        [
            ("none", "Not offered"),
            ("draft", "For the office to confirm"),
            ("confirmed", "Booked at once"),
        ],
        "Times Chosen by Clients",
        default="none",
        required=True,
        help="Whether clients choose the time of a job that waits to be planned, on their page.",
    )
    web_booking_notice = fields.Integer(
        "Earliest Booking",
        default=24,
        help="Hours from now to the first time that clients may choose.",
    )
    web_booking_days = fields.Integer(
        "Booking Horizon", default=14, help="Days ahead that clients may choose from."
    )
    web_booking_window = fields.Integer(
        "Arrival Window",
        default=2,
        help="Hours within which somebody arrives, as clients are told; 0 for the exact time.",
    )
    web_booking_per_day = fields.Integer(
        "Bookings a Day",
        help="Visits of one day that clients may choose themselves; 0 for as many as there are.",
    )
    web_booking_change = fields.Integer(
        "Changes Until",
        default=24,
        help="Hours before a visit until which the client changes or cancels it by themselves.",
    )

    _web_booking_bounds = models.Constraint(
        "CHECK (web_booking_notice BETWEEN 0 AND 720 AND web_booking_days BETWEEN 1 AND 90)",
        "Clients book from 0 to 720 hours ahead, within 1 to 90 days.",
    )
    _web_booking_limits = models.Constraint(
        "CHECK (web_booking_window BETWEEN 0 AND 12 AND web_booking_per_day >= 0"
        " AND web_booking_change BETWEEN 0 AND 720)",
        "An arrival window is up to 12 hours, changes are until 0 to 720 hours before a visit.",
    )

    @api.model
    def _get_writable_fields(self):
        own = {
            *("web_booking", "web_booking_notice", "web_booking_days", "web_booking_window"),
            *("web_booking_per_day", "web_booking_change"),
        }
        return merge_fields(super()._get_writable_fields(), {SETTINGS: own})

    # Times that are offered

    def _get_portal_scheduler(self):
        return (
            self.env["sercom.scheduler"]
            .with_user(SUPERUSER_ID)  # clients read no plans: they are told the starts alone
            .with_context(allowed_company_ids=self.ids)
        )

    def _get_web_zone(self):
        """Time zone of this one company's clocks."""
        return self.partner_id.tz or self.resource_calendar_id.tz or self.env.tz.zone

    def _get_web_days(self):
        """Local days of the horizon of this one company on which clients may still book.

        :return: list of ``(first moment, last moment)`` in UTC, in order
        """
        zone = self._get_web_zone()
        first, last = self._get_web_booking_span()
        full = self._get_full_web_days()
        days, day = [], local_date(first, zone)
        while day_start(day, zone) < last:
            after = day + timedelta(days=1)
            if day not in full:
                days.append((max(first, day_start(day, zone)), min(last, day_start(after, zone))))
            day = after
        return days

    def _get_web_booking_span(self):
        """First and last moment that clients of this one company choose from, in UTC."""
        now = fields.Datetime.now()
        return (
            now + timedelta(hours=self.web_booking_notice),
            now + timedelta(days=self.web_booking_days),
        )

    def _get_web_day(self, moment):
        return local_date(moment, self._get_web_zone())

    def _get_full_web_days(self):
        """Local days of which clients have booked as much as they may."""
        if not self.web_booking_per_day:
            return set()
        now = fields.Datetime.now()
        blocks = self.env["sercom.assignment"].search(
            [
                ("fsm_order_id.company_id", "=", self.id),
                ("fsm_order_id.is_web_booked", "=", True),
                ("state", "!=", "cancelled"),
                ("date_start", ">", now - timedelta(days=1)),
            ]
        )
        holds = self.env["sercom.booking.hold"]._get_live(self)
        starts = [*blocks.mapped("date_start"), *holds.mapped("date_start")]
        booked = Counter(self._get_web_day(start) for start in starts)
        return {day for day, count in booked.items() if count >= self.web_booking_per_day}

    def _get_web_times(self, slots, zone=None):
        """Slots as who chooses one sees them, some of each day: ``[(day, [(start, window)])]``."""
        zone = zone or self._get_web_zone()
        days = {}
        for start, slot in slots.items():
            moment = fields.Datetime.to_datetime(start)
            end = fields.Datetime.to_datetime(slot["date_end"])
            row = (start, self._format_web_window(moment, end, zone))
            days.setdefault(local_date(moment, zone), []).append(row)
        return [
            (format_date(self.env, day, date_format="full"), choose_starts(rows, PER_DAY))
            for day, rows in days.items()
        ]

    def _format_web_window(self, start, end, zone=None):
        """Between when and when somebody arrives for a visit, in words."""
        end = min(end, start + timedelta(hours=self.web_booking_window))
        if end <= start:
            return self._format_web_time(start, zone)
        return self.env._(
            "%(start)s to %(end)s",
            start=self._format_web_time(start, zone),
            end=self._format_web_time(end, zone),
        )

    def _format_web_time(self, moment, zone=None):
        return format_time(self.env, moment, tz=zone or self._get_web_zone(), time_format="short")


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    web_booking = fields.Selection(related="company_id.web_booking", readonly=False)
    web_booking_notice = fields.Integer(related="company_id.web_booking_notice", readonly=False)
    web_booking_days = fields.Integer(related="company_id.web_booking_days", readonly=False)
    web_booking_window = fields.Integer(related="company_id.web_booking_window", readonly=False)
    web_booking_per_day = fields.Integer(related="company_id.web_booking_per_day", readonly=False)
    web_booking_change = fields.Integer(related="company_id.web_booking_change", readonly=False)
