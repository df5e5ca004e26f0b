from . import fsm_order, sercom_kpi_closing_item, sercom_kpi_report
