from . import sercom_job_cancel
