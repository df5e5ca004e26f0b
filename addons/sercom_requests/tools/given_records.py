"""Records that a client names in the values of another one."""

from odoo.fields import Command


def collect_given(model, vals, found, names=None):
    """Note the records that values name, in their lines too.

    :param model: a record set of the model that the values are of
    :param dict vals: values as a client sends them
    :param dict found: ``{model name: set of ids}``, added to
    :param names: fields to look at; all of them by default
    """
    for name, value in vals.items():
        field = model._fields.get(name)
        if field is None or not field.relational or not value:
            continue
        if names is not None and name not in names:
            continue
        ids = found.setdefault(field.comodel_name, set())
        if field.type == "many2one":
            ids.update(_read_link(value))
            continue
        for command in value if isinstance(value, list | tuple) else ():
            linked, line = _read_command(command)
            ids.update(linked)
            collect_given(model.env[field.comodel_name], line, found)


def _read_link(value):
    if isinstance(value, dict):
        value = value.get("id")
    elif isinstance(value, list | tuple):
        value = value[0] if value else None
    return _only_ids([value])


def _read_command(command):
    """Ids that a command of an x2many links, and the values that it gives to a line."""
    if not isinstance(command, list | tuple) or not command:
        return _only_ids([command]), {}
    kind, *rest = command
    line = rest[1] if len(rest) > 1 and isinstance(rest[1], dict) else {}
    if kind in (Command.UPDATE, Command.LINK):
        return _only_ids(rest[:1]), line
    if kind == Command.SET and len(rest) > 1 and isinstance(rest[1], list | tuple):
        return _only_ids(rest[1]), {}
    return set(), line


def _only_ids(values):
    return {value for value in values if type(value) is int and value > 0}
