from . import (
    fsm_order_sign_wizard,
    sercom_job_complete,
    sercom_job_issue,
    sercom_job_reopen,
    sercom_photo_upload,
)
