{
    "name": "Sercom KPIs: Parts",
    "version": "19.0.1.0.0",
    "summary": "Cost of parts and purchases in the figures",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom_kpi",
        "sercom_parts",
    ],
    "auto_install": True,
}
