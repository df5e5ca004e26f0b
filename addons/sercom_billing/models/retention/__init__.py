from . import sale_order_line, sale_order
