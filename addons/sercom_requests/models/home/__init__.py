from . import (
    sercom_only_site_mixin,
    sercom_history_mixin,
    res_partner,
    fsm_location,
    crm_lead,
    sale_order,
    fsm_order,
    sercom_home,
    sercom_home_tiles,
    sercom_caller,
    sercom_caller_records,
    ir_http,
)
