from . import fsm_order, fsm_order_decision
