{
    "name": "Sercom",
    "version": "19.0.1.0.0",
    "summary": "Field service from the client's call to the reconciled payment",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom_requests",
        "sercom_jobs",
        "sercom_parts",
        "sercom_recurring",
        "sercom_timesheets",
        "sercom_my_day",
        "sercom_my_day_parts",
        "sercom_my_day_sms",
        "sercom_kpi",
        "sercom_kpi_parts",
        "sercom_map",
        "sercom_billing",
    ],
    "application": True,
    "data": [
        "security/sercom_groups.xml",
    ],
    "assets": {
        "web.assets_tests": ["sercom/static/tests/tours/*.js"],
    },
}
