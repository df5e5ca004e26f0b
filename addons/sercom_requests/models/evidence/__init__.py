from . import (
    sercom_evidence_mixin,
    sercom_measurement,
    sercom_photo,
    sercom_service_file,
    fsm_order,
)
