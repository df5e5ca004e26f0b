from . import (
    clock,
    hours,
    home,
)
