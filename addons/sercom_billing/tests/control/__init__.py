from . import test_ready_to_bill
