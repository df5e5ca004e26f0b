{
    "name": "Sercom Reconcile",
    "version": "19.0.1.0.0",
    "summary": "The bank's statement, matched with the invoices, in Odoo Community",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom",
        "account_reconcile_oca",
        "account_statement_import_sheet_file",
    ],
    "data": [
        "security/sercom_reconcile_groups.xml",
        "data/account_statement_import_sheet_mapping_data.xml",
        "views/account_bank_statement_line_views.xml",
        "views/account_journal_views.xml",
        "views/sercom_reconcile_menus.xml",
    ],
    "assets": {
        "web.assets_tests": ["sercom_reconcile/static/tests/tours/*.js"],
    },
}
