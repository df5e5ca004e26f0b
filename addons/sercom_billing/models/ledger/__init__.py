from . import (
    sercom_billing_entry,
    sercom_billing_entry_verify,
    account_analytic_line,
    account_analytic_line_waive,
    account_move,
    account_move_line,
    sale_order_line,
    sale_order_line_sync,
    sale_order,
    fsm_order,
)
