from . import (
    base_geocoder,
    fsm_location,
    ir_actions_act_window_view,
    ir_http,
    ir_ui_view,
    res_config_settings,
)
