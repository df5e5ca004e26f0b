from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import SETTINGS, merge_fields


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

    _web_booking_bounds = models.Constraint(
        "CHECK (web_booking_notice BETWEEN 0 AND 720 AND web_booking_days BETWEEN 1 AND 90)",
        "Clients book from 0 to 720 hours ahead, within 1 to 90 days.",
    )

    @api.model
    def _get_writable_fields(self):
        own = {"web_booking", "web_booking_notice", "web_booking_days"}
        return merge_fields(super()._get_writable_fields(), {SETTINGS: own})


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    web_booking = fields.Selection(related="company_id.web_booking", readonly=False)
    web_booking_notice = fields.Integer(related="company_id.web_booking_notice", readonly=False)
    web_booking_days = fields.Integer(related="company_id.web_booking_days", readonly=False)
