from . import (
    sercom_crew_assign,
    sercom_job_complete,
    sercom_recurring_change,
    sercom_recurring_end,
)
