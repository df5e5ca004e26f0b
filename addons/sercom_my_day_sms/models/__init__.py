from . import fsm_order, res_company, res_config_settings
