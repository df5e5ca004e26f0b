from . import (
    planning,
    completion,
    recurring,
)
