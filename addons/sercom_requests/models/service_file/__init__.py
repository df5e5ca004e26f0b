from . import (
    sercom_conversion_mixin,
    sercom_service_file_mixin,
    sercom_service_file,
    sercom_service_file_timeline,
    sercom_service_file_next,
    fsm_order,
    fsm_order_people,
    fsm_person,
    fsm_stage,
    ir_sequence,
    sale_order_batch,
    sale_order,
)
