{
    "name": "Sercom KPIs",
    "version": "19.0.1.0.0",
    "summary": "Utilisation, margin and revenue that tie to the records",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom_billing",
        "spreadsheet_dashboard",
    ],
    "data": [
        "security/ir.model.access.csv",
        "security/sercom_kpi_rules.xml",
        "data/ir_cron_check_data.xml",
        "data/mail_activity_type_data.xml",
        "views/report_sercom_kpi_report_views.xml",
        "views/certificate_sercom_kpi_check_views.xml",
        "views/monday_sercom_kpi_views.xml",
        "views/monday_sercom_kpi_target_views.xml",
        "views/forecast_fsm_order_views.xml",
        "views/sercom_kpi_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["sercom_kpi/static/src/monday/*"],
        "web.assets_backend_lazy": ["sercom_kpi/static/src/report/*"],
        "web.assets_tests": ["sercom_kpi/static/tests/tours/*.js"],
    },
}
