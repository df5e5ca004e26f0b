{
    "name": "Sercom Requests",
    "version": "19.0.1.0.0",
    "summary": "Service files, requests, sites and assessments, from the call to the quote",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sale_crm",
        "sale_management",
        "calendar",
        "portal",
        "fieldservice_crm",
        "fieldservice_sale",
    ],
    "data": [],
}
