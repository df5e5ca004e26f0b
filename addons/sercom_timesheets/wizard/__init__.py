from . import sercom_hours_note
from . import sercom_period_lock
from . import sercom_set_job
