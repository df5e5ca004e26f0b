{
    "name": "Sercom Jobs",
    "version": "19.0.1.0.0",
    "summary": "Jobs made from requests and quotes, carried to the invoice",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom_requests",
        "fieldservice_recurring",
        "hr_holidays",
        "hr_skills",
        "purchase_stock",
        "sale_stock",
    ],
    "data": [],
}
