from . import sale_order, fsm_order
