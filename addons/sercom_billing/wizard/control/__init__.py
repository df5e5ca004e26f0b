from . import sercom_billing_decision
