{
    "name": "Sercom My Day: Parts",
    "version": "19.0.1.0.0",
    "summary": "Parts used, on the technician's phone",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom_my_day",
        "sercom_parts",
    ],
    "auto_install": True,
    "assets": {
        "sercom_my_day.assets_my_day": [
            "sercom_my_day_parts/static/src/my_day_parts/**/*",
        ],
        "web.assets_unit_tests_setup": [
            "sercom_my_day_parts/static/src/my_day_parts/**/*",
        ],
        "web.assets_unit_tests": ["sercom_my_day_parts/static/tests/*.js"],
    },
}
