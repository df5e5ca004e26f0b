"""Allow-lists of fields: the groups that are their keys, and how rooms add to one list."""

from functools import wraps

EMPLOYEE = "base.group_user"
TECHNICIAN = "fieldservice.group_fsm_user_own"
OFFICE = "fieldservice.group_fsm_user"
DISPATCHER = "fieldservice.group_fsm_dispatcher"
MANAGER = "fieldservice.group_fsm_manager"
SALES = "sales_team.group_sale_salesman"
BILLING = "account.group_account_invoice"
SETTINGS = "base.group_erp_manager"


def readers_only(search):
    """Refuse a field's search method to who may not read the field: Odoo asks nobody there.

    :raises AccessError: as reading the field
    """

    @wraps(search)
    def ask_and_search(self, operator, value):
        for field in self._fields.values():
            if field.search == search.__name__:
                self._check_field_access(field, "read")
        return search(self, operator, value)

    return ask_and_search


def leave_parents_defaults(records, defaults):
    """Leave to the parent record what is its own and closed to the user.

    Odoo takes the defaults of a parent model (``_inherits``) along, also of a field that the user
    may not write (the credit limit of a contact, once somebody saved the Settings), and then
    refuses the record for it. The parent sets it by itself.

    :param dict defaults: what ``default_get`` of ``records`` answers
    :return: the defaults without these; one that the context gives stays, and is refused
    """

    def is_left(name):
        field = records._fields.get(name)
        return (
            field is not None
            and field.inherited
            and f"default_{name}" not in records.env.context
            and not records._has_field_access(field, "write")
        )

    return {name: value for name, value in defaults.items() if not is_left(name)}


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
