from . import (
    work_time,
    job,
    planning,
    sla,
    completion,
    home,
)
