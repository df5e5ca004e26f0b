"""A user's screens as the web client opens them: what tests of rights on forms walk.

How it works: a screen asks ``get_views``, and then reads exactly the fields that the answer names,
down to the lines of its lists. Its buttons are those whose conditions hold for the record; what a
button answers is opened in the same way.
"""

import ast
from datetime import date

from lxml import etree

from odoo.service.model import get_public_method
from odoo.tests import Form
from odoo.tools.safe_eval import datetime, safe_eval, time

X2MANY = ("one2many", "many2many")
# Widgets that read names only, and so no list of the lines' model.
NAMES_ONLY = ("tags", "checkboxes", "avatar", "binary", "radio", "popover", "buttons")
NEVER = ("1", "True")
HIGHLIGHTS = {"oe_highlight", "btn-primary"}


class Screens:
    """The screens of the user of ``env``; ``seen`` has what was on them: ``[(model, values)]``."""

    def __init__(self, env):
        self.env = env
        self.known = {}
        self.seen = []

    def get_views(self, model, views):
        """Arches as the client gets them: ``{type: element}``, and the specification of each."""
        key = model._name, tuple(views), tuple(sorted(_get_view_context(model.env.context)))
        if key not in self.known:
            answer = model.get_views(views, {"toolbar": True, "load_filters": True})
            infos = {name: info["fields"] for name, info in answer["models"].items()}
            arches = {
                view_type: etree.fromstring(view["arch"])
                for view_type, view in answer["views"].items()
            }
            specs = {
                view_type: self.get_spec(arch, model._name, infos)
                for view_type, arch in arches.items()
                if view_type in ("form", "list", "kanban")
            }
            self.known[key] = arches, specs
        return self.known[key]

    def get_spec(self, arch, model, infos):
        """Answer what the client asks ``web_read`` for a view of ``model``."""
        spec = {}
        for node in _get_own_nodes(arch, "field"):
            name = node.get("name")
            info = infos[model].get(name)
            if info is None or info["type"] == "properties":
                spec.setdefault(name, {})
                continue
            own = spec.setdefault(name, {})
            is_shown = node.get("invisible") not in NEVER
            if info["type"] in ("many2one", "reference"):
                own.setdefault("fields", {}).update({"display_name": {}} if is_shown else {})
            elif info["type"] in X2MANY and is_shown:
                lines = self._get_lines_spec(node, info["relation"], infos, arch.tag)
                _merge(own.setdefault("fields", {}), lines)
        return spec

    def _get_lines_spec(self, node, relation, infos, view_type):
        found = {}
        subviews = [child for child in node if child.tag in ("list", "kanban", "form")]
        if not subviews:
            is_names = any(word in (node.get("widget") or "") for word in NAMES_ONLY)
            # Only a form, and not that of a line, gets a list that it does not bring along.
            if (
                is_names
                or view_type != "form"
                or next(node.iterancestors("field"), None) is not None
            ):
                options = ast.literal_eval(node.get("options") or "{}")
                color = options.get("color_field")
                return {"display_name": {}, **({color: {}} if color else {})}
            mode = (node.get("mode") or "list").split(",")[0]
            refs = self.env["ir.ui.view"]._get_view_refs(node)
            model = self.env[relation].with_context(**refs)
            _arches, specs = self.get_views(model, [(False, mode)])
            return dict(specs[mode])
        for subview in subviews:
            _merge(found, self.get_spec(subview, relation, infos))
        return found

    def read_form(self, record, view_id=False):
        """Open a record's form: its arch, and its values as conditions in the arch read them."""
        arches, specs = self.get_views(record, [(view_id, "form")])
        self.env.invalidate_all()
        [values] = record.web_read(specs["form"])
        self.seen.append((record._name, values))
        return arches["form"], values

    def search(self, model, view_type, domain=(), view_id=False):
        """Open a list or cards."""
        _arches, specs = self.get_views(model, [(view_id, view_type), (False, "search")])
        self.env.invalidate_all()
        rows = model.web_search_read(list(domain), specs[view_type], limit=40)["records"]
        self.seen += [(model._name, row) for row in rows]
        return rows

    def get_columns(self, arch):
        """Columns of a list that are seen at once: ``[node]``."""
        scope = {"context": self.env.context}
        return [
            node
            for node in arch.iter("field")
            if node.get("optional") != "hide"
            and not safe_eval(node.get("column_invisible") or "False", dict(scope))
        ]

    def get_buttons(self, record, arch, values):
        """Buttons that are seen on a record's form: ``[(type, name, context)]``."""
        context = self._get_eval_context(record, values)
        found = []
        for node in _get_own_nodes(arch, "button"):
            if node.get("type") not in ("object", "action"):
                continue
            if not _is_shown(node, context):
                continue
            given = safe_eval(node.get("context") or "{}", dict(context))
            button = node.get("type"), node.get("name"), given
            if button not in found:
                found.append(button)
        return found

    def get_header(self, record):
        """Buttons seen side by side in the header of a record's form, without the menu *Actions*.

        :return: list of ``(label, whether it is highlighted)``
        """
        arch, values = self.read_form(record)
        context = self._get_eval_context(record, values)
        return [
            (node.get("string"), not HIGHLIGHTS.isdisjoint((node.get("class") or "").split()))
            for node in arch.find("header").iter("button")
            if _is_shown(node, context)
            and not safe_eval(node.get("data-more") or "False", dict(context))
        ]

    def _get_eval_context(self, record, values):
        return {
            **self.env.context,
            "id": record.id,
            "active_id": record.id,
            "active_ids": record.ids,
            "active_model": record._name,
            "uid": self.env.uid,
            "current_date": date.today().isoformat(),
            "context_today": date.today,
            "datetime": datetime,
            "time": time,
            "context": dict(self.env.context),
            "allowed_company_ids": self.env.companies.ids,
            **{name: _get_plain(value) for name, value in values.items()},
        }

    def press(self, record, button):
        """Press a button and open what it answers."""
        kind, name, given = button
        owner = record.with_context(**given)
        action = self.load(name) if kind == "action" else get_public_method(owner, name)(owner)
        if isinstance(action, dict):
            self.open_action(action, owner)

    def load(self, name):
        """Answer an action by its number or external id, as the client loads it."""
        if not str(name).isdigit():
            name = self.env.ref(name).id
        action = self.env["ir.actions.actions"].sudo().browse(int(name))
        return self.env[action.type].sudo().browse(action.id)._get_action_dict()

    def open_action(self, action, record=None):
        """Open a window action, as a button on ``record`` or a menu does."""
        if action.get("type") != "ir.actions.act_window":
            return
        active = {}
        if record:
            active = {
                "active_id": record.id,
                "active_ids": record.ids,
                "active_model": record._name,
            }
        names = {
            **self.env.context,
            **active,
            "uid": self.env.uid,
            "context": {**self.env.context, **active},
            "context_today": date.today,
            "datetime": datetime,
            "time": time,
            "allowed_company_ids": self.env.companies.ids,
        }
        context = _evaluate(action.get("context") or {}, names)
        domain = _evaluate(action.get("domain") or [], {**names, **context})
        context = {k: v for k, v in context.items() if not k.startswith("search_default")}
        model = self.env[action["res_model"]].with_context(**{**active, **context})
        views = action.get("views") or [
            (False, kind) for kind in (action.get("view_mode") or "list,form").split(",")
        ]
        record_id = action.get("res_id")
        for view_id, kind in views:
            if kind in ("list", "kanban"):
                if not record_id:
                    self.search(model, kind, domain, view_id)
            elif kind == "form":
                self._open_form(model, view_id, record_id, domain, len(views))
            else:
                model.get_views([(view_id, kind), (False, "search")])

    def _open_form(self, model, view_id, record_id, domain, count):
        if record_id:
            self.read_form(model.browse(record_id), view_id)
        elif count == 1:
            values = Form(model, view_id or None)._get_all_values()
            self.seen.append((model._name, values))
        else:
            for record in model.search(domain, limit=1):
                self.read_form(record, view_id)


def _is_shown(node, context):
    conditions = (
        ancestor.get("invisible")
        for ancestor in (node, *node.iterancestors())
        if ancestor.get("invisible")
    )
    return not any(safe_eval(condition, dict(context)) for condition in conditions)


def _get_own_nodes(arch, tag):
    """Nodes of a view that are not in the view of a field's lines, nor in the header of a group."""

    def get_depth(node):
        return len(list(node.iterancestors("field", "groupby")))

    depth = get_depth(arch) + (arch.tag == "field")
    return [node for node in arch.iter(tag) if get_depth(node) == depth]


def _merge(spec, other):
    for name, own in other.items():
        known = spec.setdefault(name, {})
        if "fields" in own:
            _merge(known.setdefault("fields", {}), own["fields"])


def _get_plain(value):
    if isinstance(value, dict) and "id" in value:
        return value["id"]
    if isinstance(value, list):
        return [row["id"] if isinstance(row, dict) and "id" in row else row for row in value]
    return value


def _get_view_context(context):
    return [(key, str(value)) for key, value in context.items() if key.endswith("_view_ref")]


def _evaluate(value, names):
    return safe_eval(value, dict(names)) if isinstance(value, str) else value
