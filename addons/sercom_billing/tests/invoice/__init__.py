from . import test_bill_together, test_invoice_print, test_sections
