from . import (
    sercom_set_job,
)
