from . import sercom_kpi_receivable
