from odoo.tools import convert_file

ACCESS_FILES = (
    ("base_territory", "security/ir.model.access.csv"),
    ("fieldservice", "security/ir.model.access.csv"),
    ("fieldservice", "security/ir_rule.xml"),
    ("fieldservice_account", "security/ir.model.access.csv"),
    ("fieldservice_crm", "security/ir.model.access.csv"),
)


def uninstall_hook(env):
    """Load the access records of the field service modules as they were before Sercom."""
    for module, filename in ACCESS_FILES:
        convert_file(env, module, filename, {}, mode="update")
    for xmlid in (
        "fieldservice_account.access_account_move_line_fsm_user",
        "fieldservice_crm.access_fsm_order_change_internal",
    ):
        env.ref(xmlid).active = True
