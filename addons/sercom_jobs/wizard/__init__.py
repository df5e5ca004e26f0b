from . import sercom_crew_assign, sercom_job_complete
