from . import sercom_pay_unapprove
