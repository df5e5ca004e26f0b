from . import sercom_billing_run, sercom_billing_run_line
