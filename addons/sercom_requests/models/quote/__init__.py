from . import (
    account_move,
    sale_order,
    sale_order_deletion,
    sale_order_stage,
    sale_order_line,
    sercom_service_file,
)
