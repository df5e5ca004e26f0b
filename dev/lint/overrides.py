"""One override of ``create``, ``write`` and ``unlink`` per model and add-on.

Of two, only the order of imports says which comes first. Who has something to do or to refuse when
a record changes extends a hook of the one that is there.
"""

import ast
from collections import defaultdict
from subprocess import CompletedProcess

from .. import paths
from .files import tracked

METHODS = {"create", "write", "unlink"}
READ = ("addons/*/models/*.py", "addons/*/wizard/*.py", "addons/*/report/*.py")


def overrides(_workspace=None):
    """Look for methods that a second file of the same add-on overrides."""
    names = [name for name in tracked(*READ) if "/tests/" not in name]
    found = findings({name: (paths.CHECKOUT / name).read_text() for name in names})
    return CompletedProcess([], int(bool(found)), "\n".join(found))


def findings(sources):
    """Answer a line for each override but the first of its model and add-on.

    :param dict sources: ``{path in the checkout: text}``
    """
    known = defaultdict(list)
    for name, text in sources.items():
        addon = name.split("/")[1]
        for model, method, line in _definitions(ast.parse(text)):
            known[addon, model, method].append(f"{name}:{line}")
    return [
        f"{place}: {model} has its {method} in {places[0]}: extend a hook there"
        for (_addon, model, method), places in known.items()
        for place in places[1:]
    ]


def _definitions(tree):
    """Yield model, method and line of what the classes of a file define."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and (model := _model(node)):
            for part in node.body:
                if isinstance(part, ast.FunctionDef) and part.name in METHODS:
                    yield model, part.name, part.lineno


def _model(node):
    """Answer the model that a class makes or extends."""
    values = {
        target.id: part.value
        for part in node.body
        if isinstance(part, ast.Assign)
        for target in part.targets
        if isinstance(target, ast.Name)
    }
    for name in ("_name", "_inherit"):
        value = values.get(name)
        if isinstance(value, ast.List) and value.elts:
            value = value.elts[0]
        if isinstance(value, ast.Constant):
            return value.value
    return None
