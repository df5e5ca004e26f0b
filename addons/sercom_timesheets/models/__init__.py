from . import (
    clock,
    hours,
)
