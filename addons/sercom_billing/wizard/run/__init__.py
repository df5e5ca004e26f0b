from . import sercom_bill_together
