from . import (
    account_analytic_distribution_model,
    account_move,
    sale_order,
    sale_order_deletion,
    sale_order_site,
    sale_order_stage,
    sale_order_line,
    sercom_service_file,
)
