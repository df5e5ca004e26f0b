from . import (
    sercom_kpi_report,
    sercom_kpi_report_ratio,
    sercom_kpi_report_capacity,
    sercom_kpi_report_hours,
    sercom_kpi_report_money,
    sercom_kpi_report_job,
    sercom_kpi_report_quote,
    sercom_kpi_report_load,
    sercom_kpi_report_records,
    sercom_kpi_skill_load,
)
