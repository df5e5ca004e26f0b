from . import (
    field_access,
    fsm_frequency,
    sercom_recurring_skip,
    sercom_recurring_line,
    fsm_recurring,
    fsm_recurring_rule,
    fsm_recurring_generation,
    fsm_recurring_billing,
    fsm_recurring_change,
    fsm_order,
    sale_order,
    sale_order_line,
)
