from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import (
    BILLING,
    DISPATCHER,
    SALES,
    SETTINGS,
    TECHNICIAN,
    merge_fields,
)


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            {
                SETTINGS: {
                    "sercom_allow_overlap",
                    "sercom_conflict_appointment",
                    "sercom_conflict_capacity",
                    "sercom_conflict_hours",
                    "sercom_conflict_skill",
                    "sercom_conflict_time_off",
                    "sercom_conflict_travel",
                    "sercom_travel_detour",
                    "sercom_travel_margin",
                    "sercom_travel_speed",
                },
            },
        )


class SercomAppointmentSchedule(models.TransientModel):
    _inherit = "sercom.appointment.schedule"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            dict.fromkeys((TECHNICIAN, SALES, BILLING), {"free_time_id", "free_time_ids"}),
        )


class SercomAssignment(models.Model):
    _inherit = "sercom.assignment"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            {
                DISPATCHER: {
                    "conflict_override",
                    "date_end",
                    "date_start",
                    "employee_id",
                    "fsm_location_id",
                    "fsm_order_id",
                    "is_leader",
                    "note",
                    "override_reason",
                    "planned_hours",
                    "state",
                },
            },
        )
