from odoo import SUPERUSER_ID, api, fields, models

from odoo.addons.sercom_requests.tools.field_access import MANAGER, merge_fields


class ProductTemplate(models.Model):
    """Services whose time visitors choose with the request itself."""

    _inherit = "product.template"

    is_booked_on_web = fields.Boolean(
        "Time Chosen on the Web",
        copy=False,
        help="Visitors of the public page choose a free time for it with their request.",
    )
    web_booking_hours = fields.Float(
        "Visit Length", default=2.0, help="Hours of a visit that is booked on the public page."
    )

    _web_booking_hours_bounds = models.Constraint(
        "CHECK (web_booking_hours IS NULL OR web_booking_hours BETWEEN 0.25 AND 12)",
        "A visit that is booked on the public page lasts from a quarter of an hour to 12 hours.",
    )

    @api.model
    def _get_writable_fields(self):
        own = {"is_booked_on_web", "web_booking_hours"}
        return merge_fields(super()._get_writable_fields(), {MANAGER: own})

    def _is_booked_on_web(self):
        """Whether visitors choose the time of this one service, in sudo, with their request."""
        company = self.env.company.sudo()  # sudo: a setting, for visitors
        is_offered = company.web_booking in ("draft", "confirmed")
        return bool(self) and is_offered and self.is_booked_on_web

    def _find_web_times(self):
        """Free times of this one service, in sudo, that visitors may choose, the first one first.

        :return: ``{start (UTC text): slot}``
        """
        company = self.env.company.sudo()  # sudo: settings, for visitors
        if not self._is_booked_on_web():
            return {}
        return company._get_portal_scheduler()._find_service_times(
            self.with_user(SUPERUSER_ID), company.with_user(SUPERUSER_ID)
        )
