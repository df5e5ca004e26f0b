from . import (
    sercom_phone_discard,
)
