from . import (
    sercom_my_day,
    sercom_phone_action,
)
