from . import fsm_order, sercom_kpi_report
