from . import sercom_kpi_report
