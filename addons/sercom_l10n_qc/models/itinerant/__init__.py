from . import product_category, res_company, res_config_settings, sale_order
