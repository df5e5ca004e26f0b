"""Every `sudo()` says why: who reads the code sees what a user reaches past their rights."""

import ast
from subprocess import CompletedProcess

from .. import paths
from .files import tracked

REASON = "# sudo: "


def sudo(_workspace=None):
    """Look for a `sudo()` of the add-ons that has no reason."""
    found = [
        f"{name}:{number}: no reason for its sudo(): say “{REASON}why” there or on the line above"
        for name in tracked("addons/*.py")
        if "/tests/" not in name
        for number in findings((paths.CHECKOUT / name).read_text())
    ]
    return CompletedProcess([], int(bool(found)), "\n".join(found))


def calls(tree):
    """Yield the line of each `sudo()` that gives rights, and the first line of its statement."""
    pending = [(tree, 0)]
    while pending:
        node, start = pending.pop()
        start = node.lineno if isinstance(node, ast.stmt) else start
        if _gives_rights(node):
            yield node.func.end_lineno, start
        pending += [(child, start) for child in ast.iter_child_nodes(node)]


def findings(text):
    """Answer the lines of a file's `sudo()` that have no reason, neither there nor just above."""
    lines = text.splitlines()
    return sorted(
        {
            line
            for line, start in calls(ast.parse(text))
            if not any(_has_reason(lines, number) for number in (line, start))
        }
    )


def _gives_rights(node):
    """Tell whether a node is a call of `sudo()`; `sudo(False)` and `sudo(x.env.su)` take away."""
    if not (isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "sudo"):
        return False
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    return not any(
        getattr(value, "attr", "") == "su" or getattr(value, "value", None) is False
        for value in given
    )


def _has_reason(lines, number):
    """Tell whether a line, counted from one, or the comment above it says why."""
    above = number - 2
    while above >= 0 and lines[above].lstrip().startswith("#"):
        if REASON in lines[above]:
            return True
        above -= 1
    return REASON in lines[number - 1]
