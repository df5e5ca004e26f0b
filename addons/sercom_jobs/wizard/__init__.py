from . import (
    planning,
    completion,
    home,
)
