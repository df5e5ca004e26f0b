from odoo import api, models

from .sercom_clock_correction import OFFICER

# Odoo's figures and evidence, which Odoo itself writes as superuser or computes.
CLOSED_ODOO_FIELDS = frozenset(
    {
        "date",
        "worked_hours",
        "expected_hours",
        "overtime_hours",
        "validated_overtime_hours",
        *(
            f"{side}_{what}"
            for side in ("in", "out")
            for what in ("latitude", "longitude", "location", "ip_address", "browser", "mode")
        ),
    }
)


class HrAttendance(models.Model):
    """Who writes which field of a clock entry.

    Supervisors say when, on which job and what kind of work; that they may at all is Odoo's to
    say. How somebody punched, what is reckoned from it and what waits for a review is written by
    the clock alone.
    """

    _name = "hr.attendance"
    _inherit = ["hr.attendance", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    @api.model
    def _get_writable_fields(self):
        fields = super()._get_writable_fields()
        own = {"fsm_order_id", "work_type", "is_reviewed"}
        return {**fields, OFFICER: fields.get(OFFICER, set()) | own}

    @api.model
    def _is_field_closed(self, field):
        return field.name in CLOSED_ODOO_FIELDS or super()._is_field_closed(field)
