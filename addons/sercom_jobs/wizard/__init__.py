from . import (
    sercom_appointment_schedule,
    sercom_capacity_line,
    sercom_counter_pickup,
    sercom_crew_assign,
    sercom_job_complete,
    sercom_job_issue,
    sercom_job_purchase,
    sercom_job_reopen,
    sercom_photo_upload,
    sercom_recurring_change,
    sercom_recurring_end,
    sercom_slot_find,
)
