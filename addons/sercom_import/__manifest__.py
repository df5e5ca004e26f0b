{
    "name": "Sercom Import",
    "version": "19.0.1.0.0",
    "summary": "Clients, sites and price lists from spreadsheets, nothing half and nothing twice",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom_requests",
    ],
    "external_dependencies": {"python": ["openpyxl", "xlrd", "xlsxwriter"]},
    "data": [
        "security/ir.model.access.csv",
        "security/sercom_import_rules.xml",
        "wizard/sercom_import_views.xml",
        "views/sercom_import_menus.xml",
    ],
}
