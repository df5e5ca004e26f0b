"""Every screen of every role, as the web client reads it: queries and milliseconds of each.

Walked are the menus that a role sees: of each its views, searched with its default filters, and the
first record's form. Tried are also the board, free slots, the caller's search, home and the phone.
"""

from datetime import date, timedelta
from statistics import median

from firm import measure

from odoo.tools.safe_eval import datetime, safe_eval, time

from odoo.addons.sercom.tests.screens import Screens

ROLES = {
    "dispatcher": "dispatch",
    "estimator": "estimator",
    "accountant": "accountant",
    "manager": "manager",
    "technician": "bench0",
}
TIMES = 3
LIMIT = 80
COUNT = 10_001  # what the client counts to


def walk(env):
    """Measure all screens.

    :return: ``{"role: screen": {"queries": …, "seconds": median}}``
    """
    found = {}
    for role, login in ROLES.items():
        user = env["res.users"].search([("login", "=", login)])
        mine = env(user=user.id, context={"lang": user.lang, "tz": user.tz, "uid": user.id})
        for name, call in (*_menus(mine), *_others(mine, role)):
            found[f"{role}: {name}"] = _measure(mine, call)
    return found


def _measure(env, call):
    runs = []
    for number in range(TIMES + 1):
        env.invalidate_all()
        with env.cr.savepoint():
            run = measure(env, call)
        if number:  # the first one fills caches
            runs.append(run)
    return {key: median(run[key] for run in runs) for key in ("queries", "seconds")}


def _menus(env):
    """Answer what the menus of the user lead to: pairs of a name and the reading of it."""
    screens, menus = Screens(env), env["ir.ui.menu"].load_menus(False)
    for menu in menus.values():
        if menu.get("action_model") != "ir.actions.act_window":
            continue
        if not menus[menu["app_id"]]["xmlid"].startswith("sercom"):
            continue
        action = screens.load(menu["action_id"])
        yield from _views(env, screens, menu["name"], action)


def _views(env, screens, name, action):
    names = {
        **env.context,
        "context_today": lambda: date.today(),
        "datetime": datetime,
        "time": time,
        "allowed_company_ids": env.companies.ids,
        "context": env.context,
    }
    context = _evaluate(action.get("context") or {}, names)
    domain = _evaluate(action.get("domain") or [], {**names, **context})
    plain = {key: value for key, value in context.items() if not key.startswith("search_default")}
    model = env[action["res_model"]].with_context(**plain)
    if model._transient:
        return
    for view_id, kind in action["views"]:
        if kind not in ("list", "kanban", "form", "pivot", "graph"):
            continue
        views = [
            (view_id, kind),
            (action["search_view_id"] and action["search_view_id"][0], "search"),
        ]
        arches, specs = screens.get_views(model, views)
        filters, groups = _defaults(arches.get("search"), context, names)
        yield (
            f"{name}, {kind}",
            _reading(model, kind, [*domain, *filters], groups, arches[kind], specs.get(kind)),
        )


def _reading(model, kind, domain, groups, arch, spec):
    """Answer a call that reads a view as the client does."""

    def records():
        order = arch.get("default_order") or None
        model.web_search_read(domain, spec, limit=LIMIT, order=order, count_limit=COUNT)

    def grouped():
        model.web_read_group(
            domain,
            [_grouping(model, name) for name in groups],
            ["__count"],
            limit=LIMIT,
            auto_unfold=kind == "kanban",
            unfold_read_specification=spec,
            unfold_read_default_limit=LIMIT,
        )

    def form():
        for record in model.search(domain, limit=1):
            record.web_read(spec)

    def numbers():
        fields = [node for node in arch.iter("field") if node.get("invisible") not in ("1", "True")]
        rows = [node.get("name") for node in fields if node.get("type") in ("row", "col", None)]
        intervals = {node.get("name"): node.get("interval") for node in fields}
        names = [node.get("name") for node in fields if node.get("type") == "measure"]
        measures = [f"{name}:{model._fields[name].aggregator}" for name in names]
        rows = groups or [row for row in rows if row not in names]
        rows = [_grouping(model, row, intervals.get(row)) for row in rows]
        model.formatted_read_group(domain, rows, [*measures, "__count"])

    if kind == "form":
        return form
    if kind in ("pivot", "graph"):
        return numbers
    groups = groups or ([arch.get("default_group_by")] if arch.get("default_group_by") else [])
    return grouped if groups else records


def _grouping(model, name, interval=None):
    """Answer what the client groups by: a date by months, where nothing else is said."""
    is_plain_date = ":" not in name and model._fields[name].type in ("date", "datetime")
    return f"{name}:{interval or 'month'}" if is_plain_date else name


def _defaults(arch, context, names):
    """Answer the domain and the groups of the filters that an action chooses."""
    domain, groups = [], []
    if arch is None:
        return domain, groups
    for key, value in context.items():
        if not key.startswith("search_default_") or not value:
            continue
        name = key.removeprefix("search_default_")
        for node in arch.iter("filter"):
            if node.get("name") != name:
                continue
            domain += _evaluate(node.get("domain") or "[]", names)
            group = _evaluate(node.get("context") or "{}", names).get("group_by")
            if group:
                groups.append(group)
    return domain, groups


def _evaluate(value, names):
    return safe_eval(value, dict(names)) if isinstance(value, str) else value


def _others(env, role):
    """Answer what is read without a view."""
    if role == "technician":
        yield "My Day", lambda: env["sercom.my.day"].get_day()
    else:
        yield "home", lambda: env["sercom.home"].get_home()
    if role != "dispatcher":
        return
    monday = date.today() - timedelta(days=date.today().weekday())
    scheduler = env["sercom.scheduler"]
    job = env["fsm.order"].search([("stage_id.job_state", "=", "to_plan")], limit=1)
    yield "board, a week", lambda: scheduler.get_board(monday, monday + timedelta(days=7))
    yield (
        "free slots",
        lambda: scheduler.find_slots(job.id, monday, monday + timedelta(days=14), limit=10),
    )
    for text in ("tremblay", "saint-denis", "514 555"):
        yield f"caller «{text}»", lambda text=text: env["sercom.caller"].search_callers(text)
    for model in ("fsm.order", "sercom.service.file", "res.partner", "sale.order"):
        yield (
            f"name search, {model}",
            lambda model=model: env[model].name_search("tremb-9", limit=8),
        )
