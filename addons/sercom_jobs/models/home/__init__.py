from . import (
    fsm_order,
    sercom_home,
    sercom_caller,
)
