from . import (
    sercom_visit_window_mixin,
    sercom_request_line,
    crm_stage,
    crm_lead,
    crm_lead_site,
    crm_lead_conversion,
    calendar_event,
    fsm_location,
)
