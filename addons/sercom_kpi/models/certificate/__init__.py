from . import (
    sercom_kpi_check,
    sercom_kpi_check_line,
    sercom_kpi_check_money,
    sercom_kpi_check_recount,
)
