from . import fsm_order_completion, fsm_order_completion_alert, res_company
