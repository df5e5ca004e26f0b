from . import sercom_crew_assign
