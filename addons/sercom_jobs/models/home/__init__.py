from . import (
    sercom_home,
    sercom_caller,
)
