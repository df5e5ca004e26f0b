from . import (
    planning,
    completion,
)
