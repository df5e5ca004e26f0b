from . import sercom_work_time, resource_calendar_leaves
