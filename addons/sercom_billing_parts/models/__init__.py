from . import fsm_order, purchase_order_line
