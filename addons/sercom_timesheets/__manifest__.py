{
    "name": "Sercom Timesheets",
    "version": "19.0.1.0.0",
    "summary": "Clock entries and timesheets of the jobs",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom_jobs",
        "fieldservice_timesheet",
        "hr_attendance",
        "sale_timesheet",
    ],
    "data": [
        "security/fieldservice_project_access.xml",
        "views/fsm_order_views.xml",
        "views/fsm_order_clock_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}
