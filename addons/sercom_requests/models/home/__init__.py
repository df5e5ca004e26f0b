from . import (
    res_partner,
    sercom_only_site_mixin,
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
