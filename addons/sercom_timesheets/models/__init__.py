from . import (
    clock,
    hours,
    my_day,
)
