from . import (
    hours,
)
