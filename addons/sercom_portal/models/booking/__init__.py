from . import res_company
from . import product_template
from . import sercom_booking_hold
from . import sercom_scheduler
from . import fsm_order
from . import sercom_web_request
from . import calendar_event
