from . import sercom_appointment_schedule, sercom_quote_lost, sercom_service_file_merge
