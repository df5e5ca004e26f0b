from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import (
    BILLING,
    DISPATCHER,
    SALES,
    TECHNICIAN,
    merge_fields,
)


class SercomFreeTime(models.TransientModel):
    _inherit = "sercom.free.time"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            dict.fromkeys((TECHNICIAN, SALES, BILLING), {"date_start"}),
        )


class SercomCrewAssign(models.TransientModel):
    _inherit = "sercom.crew.assign"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            {
                DISPATCHER: {
                    "date_start",
                    "day_count",
                    "duration",
                    "employee_ids",
                    "fsm_order_id",
                    "is_confirmed",
                    "leader_id",
                    "note",
                    "skip_weekend",
                    "team_id",
                },
            },
        )


class SercomSlotFind(models.TransientModel):
    _inherit = "sercom.slot.find"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {DISPATCHER: {"date_from", "date_to"}})

    @api.model
    def _get_creatable_fields(self):
        return merge_fields(super()._get_creatable_fields(), {DISPATCHER: {"fsm_order_id"}})
