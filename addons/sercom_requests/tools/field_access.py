"""Allow-lists of fields: the groups that are their keys, and how rooms add to one list."""

EMPLOYEE = "base.group_user"
TECHNICIAN = "fieldservice.group_fsm_user_own"
OFFICE = "fieldservice.group_fsm_user"
DISPATCHER = "fieldservice.group_fsm_dispatcher"
MANAGER = "fieldservice.group_fsm_manager"
SALES = "sales_team.group_sale_salesman"
BILLING = "account.group_account_invoice"
SETTINGS = "base.group_erp_manager"


def is_own_field(field):
    """Whether Sercom adds this field; one of Odoo or OCA that it only redefines is none."""
    # The last module that defines it first: this is asked for each field that is read.
    return (field._module or "").startswith("sercom") and all(
        module.startswith("sercom") for module in field._modules
    )


def merge_fields(*lists):
    """Join allow-lists: ``{external id of a group: set of field names}``."""
    merged = {}
    for fields_by_group in lists:
        for group, names in fields_by_group.items():
            merged[group] = merged.get(group, set()) | set(names)
    return merged
