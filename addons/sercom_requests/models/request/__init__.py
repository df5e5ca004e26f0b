from . import (
    sercom_visit_window_mixin,
    sercom_request_line,
    crm_stage,
    crm_lead,
    crm_lead_conversion,
    calendar_event,
    sercom_appointment_notice,
    calendar_event_notice,
    res_company,
    fsm_location,
)
