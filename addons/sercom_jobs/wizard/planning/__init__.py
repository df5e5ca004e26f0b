from . import hr_departure_wizard
from . import (
    sercom_appointment_schedule,
    sercom_capacity_line,
    sercom_crew_assign,
    sercom_slot_find,
    field_access,
)
