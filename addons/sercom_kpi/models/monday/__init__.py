from . import (
    ir_http,
    sercom_kpi_monday,
    sercom_kpi_monday_money,
    sercom_kpi_monday_people,
    sercom_kpi_target,
    sercom_kpi_target_warning,
)
