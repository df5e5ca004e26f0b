from . import (
    hours,
    clock,
)
