from . import account_move_reversal, sercom_bill_together
