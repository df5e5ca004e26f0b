from . import (
    fsm_order,
    res_company,
    res_config_settings,
    sale_order,
    sale_order_template,
    sercom_my_day,
    sercom_my_day_payment,
    sercom_phone_action,
    sercom_price_entry,
)
