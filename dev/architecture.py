"""`make map`: the map of the add-ons in docs/architecture.md, drawn from the code.

Three parts: which add-on builds on which, what is in each room, and through which hooks the upper
ones say something in the lower ones. A hook is a method that one place of the suite defines and
another extends with ``super()``.
"""

import ast
from collections import defaultdict
from dataclasses import dataclass

from . import addons, paths

PAGE = paths.CHECKOUT / "docs" / "architecture.md"
BEGIN, END = "<!-- drawn by `make map` -->\n", "<!-- end of what is drawn -->\n"
KINDS = ("models", "wizard", "report")
# What every model extends; a reader learns nothing from it.
COMMON = {"create", "write", "unlink", "copy", "copy_data", "default_get", "init", "read", "search"}


@dataclass(frozen=True)
class Method:
    """A method of a model, and where it is."""

    model: str
    name: str
    place: str  # add-on, and room after a slash
    calls_super: bool


def write():
    """Draw the map anew in its page."""
    PAGE.write_text(drawn(PAGE.read_text()))


def drawn(page):
    """Answer a page with the map as the code is now."""
    before, _begin, rest = page.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}\n{_map()}\n{END}{after}"


def _map():
    classes = list(_classes())
    parts = (_draw_add_ons(), _draw_rooms(classes), _draw_hooks(classes))
    return "\n".join("\n".join(lines) + "\n" for lines in parts)


def _suite():
    return [name for name in addons.suite() if name != addons.ROOT]


def _depends(name):
    return addons.manifest(addons.suite()[name])["depends"]


def _draw_add_ons():
    names = _suite()
    lines = ["```mermaid", "flowchart BT"]
    for name in names:
        below = [other for other in _depends(name) if other in names]
        lines += [f"    {name} --> {other}" for other in below] or [f"    {name}"]
    lines += ["```", "", "| add-on | what for | builds on |", "|---|---|---|"]
    for name in names:
        summary = addons.manifest(addons.suite()[name])["summary"]
        below = ", ".join(f"`{other}`" for other in _depends(name))
        lines.append(f"| `{name}` | {summary} | {below} |")
    return lines


def _draw_rooms(classes):
    made, extended = defaultdict(set), defaultdict(set)
    for place, model, is_made, _parents, _methods in classes:
        (made if is_made else extended)[place].add(model)
    lines = ["| room | its own models | extends |", "|---|---|---|"]
    for place in sorted({*made, *extended}, key=_order):
        others = extended[place] - made[place]
        lines.append(f"| {place} | {_list(made[place])} | {_list(others)} |")
    return lines


def _draw_hooks(classes):
    lines = ["| model | hook | of | extended by |", "|---|---|---|---|"]
    for (model, name), places in sorted(_hooks(classes).items()):
        base, above = places
        if above and name not in COMMON:
            extended = ", ".join(sorted(above, key=_order))
            lines.append(f"| `{model}` | `{name}` | {base} | {extended} |")
    return lines


def _hooks(classes):
    """Answer ``{(model, method): (place that defines it, places that extend it)}``."""
    methods = [
        Method(model, name, place, calls_super)
        for place, model, _is_made, _parents, found in classes
        for name, calls_super in found
    ]
    bases, parents = defaultdict(set), defaultdict(set)
    for method in methods:
        if not method.calls_super:
            bases[method.model, method.name].add(method.place)
    for _place, model, _is_made, others, _methods in classes:
        parents[model] |= {model, *others}
    hooks = {key: (min(places), set()) for key, places in bases.items() if len(places) == 1}
    for method in methods:
        for model in parents[method.model]:
            base, above = hooks.get((model, method.name), (None, set()))
            # What extends a mixin need not call super(): the mixin's answer is often none.
            if base and method.place != base and (method.calls_super or model != method.model):
                above.add(method.place)
    return hooks


def _list(models):
    return ", ".join(f"`{model}`" for model in sorted(models))


def _order(place):
    addon, _slash, room = place.partition("/")
    return list(addons.suite()).index(addon), room


def _classes():
    """Yield place, model, whether it is made there, parents and methods of each class."""
    for addon in _suite():
        folder = addons.suite()[addon]
        for kind in KINDS:
            for path in sorted((folder / kind).rglob("*.py")):
                room = path.relative_to(folder / kind).parent.as_posix()
                place = addon if room == "." else f"{addon}/{room}"
                for node in ast.parse(path.read_text()).body:
                    if isinstance(node, ast.ClassDef) and (model := _model(node)):
                        yield place, *model, _methods(node)


def _model(node):
    """Answer a class's model, whether it makes it, and its parents; none for another class."""
    values = {
        part.targets[0].id: [c.value for c in ast.walk(part.value) if isinstance(c, ast.Constant)]
        for part in node.body
        if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name)
    }
    name, parents = values.get("_name"), values.get("_inherit", [])
    if not name and not parents:
        return None
    model = (name or parents)[0]
    return model, model not in parents, set(parents) - {model}


def _methods(node):
    return [
        (part.name, any(isinstance(n, ast.Name) and n.id == "super" for n in ast.walk(part)))
        for part in node.body
        if isinstance(part, ast.FunctionDef)
    ]
