from . import (
    sercom_hours_note,
    sercom_period_lock,
)
