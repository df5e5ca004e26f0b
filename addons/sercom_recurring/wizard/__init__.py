from . import (
    sercom_recurring_change,
    sercom_recurring_end,
)
