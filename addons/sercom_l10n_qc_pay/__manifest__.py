{
    "name": "Sercom Québec: Pay",
    "version": "19.0.1.0.0",
    "summary": "Three hours' pay for who comes to work, on pay sheets",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom_l10n_qc",
        "sercom_pay",
    ],
    "data": [
        "views/hr_employee_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "auto_install": True,
}
