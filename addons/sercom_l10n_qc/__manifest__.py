{
    "name": "Sercom Québec",
    "version": "19.0.1.0.0",
    "summary": "Québec's rules for service firms, each of them on or off",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom_billing",
        "l10n_ca",
    ],
    "data": [
        "report/document_templates.xml",
        "report/appliance_templates.xml",
        "report/itinerant_templates.xml",
        "views/document_res_config_settings_views.xml",
        "views/appliance_res_config_settings_views.xml",
        "views/appliance_sale_order_views.xml",
        "views/itinerant_res_config_settings_views.xml",
        "views/itinerant_sale_order_views.xml",
    ],
}
