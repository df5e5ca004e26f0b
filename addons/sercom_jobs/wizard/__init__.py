from . import (
    planning,
    completion,
    parts,
    recurring,
)
