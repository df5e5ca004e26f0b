from . import (
    sercom_appointment_schedule,
)
