from . import sercom_kpi_monday, sercom_kpi_monday_money
