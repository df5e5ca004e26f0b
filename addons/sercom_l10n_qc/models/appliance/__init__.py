from . import (
    account_move,
    product_category,
    res_company,
    res_config_settings,
    sale_order,
    sale_order_line,
    sercom_spoken_consent,
)
