from odoo.tools.safe_eval import safe_eval


def window_action(records, name=None, **context):
    """Window action that shows ``records``: the form of one, the list of several or none.

    :param records: recordset to show
    :param str name: title of the window; by default the model's own name
    :param context: keys for the window's context
    :return: an ``ir.actions.act_window`` as a dict
    """
    if records._name == "account.move" and _are_sales(records):
        # As Odoo's own list of them, which names the client.
        name = name or records.env._("Invoices")
        context = {"default_move_type": "out_invoice", **context}
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


def _are_sales(moves):
    """Whether all of these journal entries are invoices and credit notes of clients."""
    # sudo: only what they are called
    return bool(moves) and {*moves.sudo().mapped("move_type")} <= {"out_invoice", "out_refund"}


def counted_action(env, action, domain, **context):
    """Window action of the records that a figure counts: no filter of the menu's own is on.

    :param str action: external id of the menu's window action
    :param domain: what is counted
    :param context: keys for the window's context, beside those of the menu
    :return: an ``ir.actions.act_window`` as a dict, its list first
    """
    menu = env["ir.actions.act_window"]._for_xml_id(action)
    said = safe_eval(menu["context"] or "{}", {"uid": env.uid})
    kept = {name: said[name] for name in said if not name.startswith("search_default")}
    return {
        **menu,
        "domain": list(domain),
        "context": {**kept, **context},
        "views": sorted(menu["views"], key=lambda view: view[1] != "list"),
        "path": False,
    }
