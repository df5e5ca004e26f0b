from . import (
    hours,
    clock,
    home,
)
