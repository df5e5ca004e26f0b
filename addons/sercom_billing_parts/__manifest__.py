{
    "name": "Sercom Billing: Parts",
    "version": "19.0.1.0.0",
    "summary": "Parts bought for a job and not billed: shown, with one decision",
    "category": "Services/Field Service",
    "author": "Sercom",
    "license": "AGPL-3",
    "depends": [
        "sercom_billing",
        "sercom_parts",
    ],
    "data": [
        "security/ir.model.access.csv",
        "security/sercom_billing_parts_rules.xml",
        "views/fsm_order_views.xml",
        "wizard/sercom_parts_decision_views.xml",
    ],
    "auto_install": True,
}
