from . import (
    res_partner,
    fsm_location,
    fsm_order,
    sercom_home,
    sercom_home_tiles,
    sercom_caller,
    sercom_caller_records,
    ir_http,
)
