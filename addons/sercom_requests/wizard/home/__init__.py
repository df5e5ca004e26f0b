from . import (
    sercom_call,
)
