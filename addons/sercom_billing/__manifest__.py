{
    "name": "Sercom Billing",
    "version": "19.0.1.0.0",
    "summary": "What was sold, worked and billed: nothing twice, nothing dropped",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom_timesheets",
    ],
    "data": [
        "security/ir.model.access.csv",
        "security/sercom_billing_rules.xml",
        "data/ir_cron_ledger_data.xml",
        "views/ledger_sercom_billing_entry_views.xml",
        "views/ledger_fsm_order_views.xml",
        "views/policy_product_template_views.xml",
        "views/policy_res_config_settings_views.xml",
        "views/sercom_billing_menus.xml",
    ],
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
}
