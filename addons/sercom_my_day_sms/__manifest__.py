{
    "name": "Sercom My Day: Text Messages",
    "version": "19.0.1.0.0",
    "summary": "Clients hear of who is on the way by text message",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom_my_day",
        "sms",
    ],
    "data": [
        "views/res_config_settings_views.xml",
    ],
    "auto_install": True,
}
