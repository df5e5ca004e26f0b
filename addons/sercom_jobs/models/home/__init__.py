from . import (
    fsm_order,
    ir_http,
    sercom_home,
    sercom_caller,
)
