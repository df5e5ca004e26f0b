from . import test_left_to_bill, test_ready_to_bill
