from . import test_invoice_print
