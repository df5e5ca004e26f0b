from . import (
    account_move,
    account_move_send,
    fsm_order,
    sale_order,
    sercom_service_file,
)
