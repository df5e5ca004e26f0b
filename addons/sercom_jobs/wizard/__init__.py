from . import (
    job,
    planning,
    completion,
    home,
)
