from . import fsm_order, fsm_order_decision, fsm_order_left, fsm_order_limit
