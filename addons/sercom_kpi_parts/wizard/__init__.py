from . import sercom_kpi_check
