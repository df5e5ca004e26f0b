from . import (
    planning,
    completion,
    parts,
)
