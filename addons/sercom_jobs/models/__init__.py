from . import (
    job,
    planning,
    sla,
    completion,
    parts,
)
