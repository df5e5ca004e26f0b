from . import (
    sercom_quote_lost,
)
