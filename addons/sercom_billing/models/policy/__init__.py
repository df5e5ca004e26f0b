from . import (
    field_access,
    res_company,
    res_config_settings,
    account_analytic_line,
    account_analytic_line_cap,
    fsm_order,
    fsm_order_authorization,
    fsm_order_upsell,
    product_template,
    sale_order,
    sale_order_line,
    sale_order_line_agreed,
)
