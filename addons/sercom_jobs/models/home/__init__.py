from . import (
    fsm_order,
    sercom_history_mixin,
    fsm_location,
    ir_http,
    sercom_home,
    sercom_caller,
)
