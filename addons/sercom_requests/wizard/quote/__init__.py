from . import (
    account_move_reversal,
    sercom_quote_lost,
)
