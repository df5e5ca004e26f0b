from . import (
    sercom_kpi_closing,
    sercom_kpi_closing_item,
    sercom_kpi_closing_line,
    sercom_kpi_difference,
)
