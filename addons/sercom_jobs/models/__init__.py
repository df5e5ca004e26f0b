from . import (
    job,
    planning,
    sla,
    completion,
    home,
)
