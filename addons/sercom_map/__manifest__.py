{
    "name": "Sercom Map",
    "version": "19.0.1.0.0",
    "summary": "Sites and clients on a map; no address leaves the firm without its consent",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom_requests",
        "web_leaflet_lib",
    ],
    "data": [
        "views/fsm_location_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["sercom_map/static/src/**/*"],
        "web.assets_unit_tests": ["sercom_map/static/tests/*.js"],
    },
}
