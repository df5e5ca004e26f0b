from . import res_company
from . import fsm_order
