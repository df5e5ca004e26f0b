def window_action(records, name=None, **context):
    """Window action that shows ``records``: the form of one, the list of several or none.

    :param records: recordset to show
    :param str name: title of the window; by default the model's own name
    :param context: keys for the window's context
    :return: an ``ir.actions.act_window`` as a dict
    """
    action = {
        "type": "ir.actions.act_window",
        "name": name or records.env["ir.model"]._get(records._name).name,
        "res_model": records._name,
        "target": "current",
        "context": context,
    }
    if len(records) == 1:
        return {**action, "view_mode": "form", "views": [(False, "form")], "res_id": records.id}
    return {
        **action,
        "view_mode": "list,form",
        "views": [(False, "list"), (False, "form")],
        "domain": [("id", "in", records.ids)],
    }
