from . import (
    sercom_counter_pickup,
    sercom_crew_assign,
    sercom_job_complete,
    sercom_job_purchase,
    sercom_recurring_change,
    sercom_recurring_end,
)
