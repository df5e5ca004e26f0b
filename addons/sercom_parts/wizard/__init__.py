from . import (
    sercom_counter_pickup,
    sercom_job_purchase,
)
