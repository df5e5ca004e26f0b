from . import (
    fsm_stage,
    fsm_person,
    hr_employee,
    product_template,
    fsm_order,
    fsm_order_schedule,
    fsm_order_lines,
    fsm_order_conversion,
    sale_order_line,
    sale_order,
    crm_lead,
    account_move_line,
)
