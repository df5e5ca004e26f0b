{
    "name": "Sercom Portal",
    "version": "19.0.1.0.0",
    "summary": "The client's pages: follow, approve, write and pay",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom_billing",
        "portal",
        "account_payment",
    ],
    "data": [
        "data/mail_template_data.xml",
        "views/service_file_portal_lists.xml",
        "views/service_file_portal_page.xml",
        "views/service_file_portal_sections.xml",
        "views/service_file_sercom_service_file_views.xml",
        "views/service_file_sercom_photo_views.xml",
    ],
}
