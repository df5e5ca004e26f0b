from . import (
    field_access,
    res_company,
    res_config_settings,
    account_analytic_line,
    fsm_order,
    product_template,
    sale_order_line,
)
