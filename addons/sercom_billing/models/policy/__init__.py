from . import field_access, fsm_order, product_template
