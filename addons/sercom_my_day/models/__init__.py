from . import (
    fsm_order_on_my_way,
    ir_http,
    res_users,
    sercom_assignment,
    sercom_my_day,
    sercom_my_day_job,
    sercom_my_day_sync,
    sercom_my_day_jobless,
    sercom_my_day_proposal,
    sercom_phone_action,
    sercom_phone_action_proposal,
)
