from . import sercom_pay_layout
from . import sercom_pay_export
from . import sercom_pay_period
