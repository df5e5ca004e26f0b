from . import (
    sercom_job_complete,
    sercom_job_issue,
    sercom_job_reopen,
    sercom_photo_upload,
)
