from . import (
    sercom_sla_policy,
    sercom_sla_mixin,
    sercom_sla_pause,
    resource_calendar,
    resource_calendar_attendance,
    resource_calendar_leaves,
    res_company,
    fsm_order_access,
    fsm_order_sla,
    fsm_order_sla_backdated,
    fsm_order_sla_alert,
    sale_order,
)
