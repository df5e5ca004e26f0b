from . import sercom_billing_audit
