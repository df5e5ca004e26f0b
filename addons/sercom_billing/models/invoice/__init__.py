from . import (
    account_move,
    fsm_order,
    sale_order,
    sercom_service_file,
)
