"""The direction of dependencies: no file knows an add-on or a room above its own.

A file knows what it imports, the fields and methods it names (as an attribute, or as a word in a
string, a domain or a view) and the XML ids it refers to; a script, what it imports and the models
and XML ids that it names. A name counts where all that define it are
above: a name that Odoo, OCA or a lower room defines too may be meant.
"""

import ast
import configparser
import json
import os
import posixpath
import re
from collections import defaultdict
from functools import cache, cached_property
from pathlib import Path
from subprocess import CompletedProcess

from .. import addons, paths, templates, venv
from .files import tracked

TABLE = paths.CHECKOUT / "dev" / "lint" / "rooms.ini"
KINDS = {"models", "wizard", "tools", "report", "controllers"}
SCRIPTS = "addons/*/static/src/*.js"
READ = (
    "addons/*/__init__.py",
    *(f"addons/*/{kind}/*.py" for kind in KINDS),
    "addons/*.xml",
    SCRIPTS,
)
WORD = re.compile(r"[A-Za-z_]\w*")
MODEL = re.compile(r"\b[a-z]\w*(?:\.\w+)+")
XML_ID = re.compile(r"\b(sercom\w*)\.(\w+)")
XML_DEFINITION = re.compile(r"<(?:record|template|menuitem|report)\b[^>]*?\sid=\"([\w.]+)\"", re.S)
# An attribute, or a text that is code or the name of a model.
XML_VALUE = re.compile(
    r"([\w:-]+)=(\"[^\"]*\"|'[^']*')"
    r"|>([^<]*\b(?:env|records?|object|model)\b[^<]*|\s*sercom[\w.]+\s*)<"
)
ELSEWHERE = re.compile(
    r"^\s+(?:(?:async )?def (\w+)\(|(\w+) *(?::[^=\n]+)?= *(?:fields\.)?\w)", re.M
)
# What a script imports, by the path from its own or by the add-on's name; and its other texts.
JS_IMPORT = re.compile(
    r"\b(?:from|import)\b\s*\(?\s*([\"'])(\.{1,2}/[^\"']+)\1|([\"'])@(sercom[^\"']+)\3"
)
JS_TEXT = re.compile(r"([\"'`])([^\"'`\n]+)\1")
TEXT = {"string", "help", "placeholder", "title", "confirm", "t-name", "id", "class", "comment"}


def directions(workspace):
    """Look for what knows something above it."""
    found = Suite(_sources(), _external_names(workspace)).findings()
    return CompletedProcess([], int(bool(found)), "\n".join(found))


def _sources():
    names = tracked(*READ)
    return {name: (paths.CHECKOUT / name).read_text() for name in names if "/tests/" not in name}


def _external_names(workspace):
    """Answer every name that a class of Odoo's or OCA's add-ons defines, read once a version."""
    kept = paths.CACHE / f"names-{templates.sources_key(workspace)}.json"
    if not kept.exists():
        partial = kept.with_suffix(f".{os.getpid()}.partial")
        partial.write_text(json.dumps(sorted(_read_external_names(workspace))))
        partial.replace(kept)
    return set(json.loads(kept.read_text()))


def _read_external_names(workspace):
    names = set()
    folders = [*workspace.odoo.addons, venv.addons(workspace.venv)]
    roots = [folder for place in folders for folder in place.glob("*/") if folder.name != "tests"]
    for root in [*roots, workspace.odoo.python_path / "odoo" / "orm"]:
        for kind in ("models", "wizard", "wizards", "report", "controllers", "."):
            for path in (root / kind).glob("*.py"):
                for method, attribute in ELSEWHERE.findall(path.read_text()):
                    names.add(method or attribute)
    return names


class Place(tuple):
    """An add-on and a room in it, the room empty where a file is in none."""

    __slots__ = ()

    def __new__(cls, addon, room=""):
        return super().__new__(cls, (addon, room))

    def __str__(self):
        return "/".join(filter(None, self))


class Suite:
    """The add-ons' sources, where each name in them is defined and where it is used.

    :param sources: ``{path in the checkout: text}``
    :param external: the names that others define
    :param table: the rooms and what each may know; by default the file beside this one
    """

    def __init__(self, sources, external=(), table=None):
        self.sources = sources
        self.external = external
        self.table = table or _read_table()

    def findings(self):
        """Answer a line for each use of what is above."""
        found, needless = [], set(self.table.get("allowed", ()))
        for name, text in self.sources.items():
            place = self._place(name)
            for number, word, above in sorted(self._uses(name, text, place)):
                needless.discard(f"{name}: {word}")
                if f"{name}: {word}" not in self.table.get("allowed", ()):
                    found.append(f"{name}:{number}: {place} uses {word} of {above}")
        found += self._views_without_room()
        return found + [f"{TABLE.name}: nothing needs “{entry}”" for entry in sorted(needless)]

    def _views_without_room(self):
        """Yield a line for each view of an add-on with rooms that is in none, menus and actions
        apart.
        """
        for name in self.sources:
            _addons, addon, *parts = name.split("/")
            own = (f"{addon}_menus.xml", f"{addon}_actions.xml")
            is_view = parts[0] == "views" and self._rooms(addon) and parts[-1] not in own
            if is_view and not self._place(name)[1]:
                yield f"{name}: begin its name with the room that it is of"

    # Places

    def _place(self, name):
        """Answer the place of a file."""
        _addons, addon, *parts = name.split("/")
        rooms = self._rooms(addon)
        if len(parts) > 2 and parts[0] in KINDS and parts[1] in rooms:
            return Place(addon, parts[1])
        if len(parts) > 3 and parts[:2] == ["static", "src"] and parts[2] in rooms:
            return Place(addon, parts[2])
        prefix = next((room for room in rooms if parts[-1].startswith(f"{room}_")), "")
        return Place(addon, prefix if parts[0] == "views" else "")

    def _rooms(self, addon):
        """Answer the rooms of an add-on and what each knows."""
        return self.table.get(addon, {})

    def _knows(self, lower, upper):
        """Tell whether a place may know another one."""
        if lower[0] != upper[0]:
            return upper[0] in _dependencies(lower[0])
        rooms = self._rooms(lower[0])
        if not lower[1] or not upper[1] or lower[1] == upper[1]:
            return True
        return upper[1] in _closure(rooms, lower[1])

    # Definitions

    @cached_property
    def _definitions(self):
        """Answer the places that define each field and method of a model, and other names."""
        return self._places(_defined)

    @cached_property
    def _model_names(self):
        """Answer the places that define each field and method of a model."""
        return self._places(lambda nodes: _defined(nodes, is_model=True))

    def _places(self, defined):
        places = defaultdict(set)
        for name, nodes in self._nodes.items():
            for word in defined(nodes):
                places[word].add(self._place(name))
        return places

    @cached_property
    def _models(self):
        """Answer the place of each model, under its name, its table's and its record's."""
        places = {}
        for name, nodes in self._nodes.items():
            for model in _models(nodes):
                for form in (model, model.replace(".", "_"), f"model_{model.replace('.', '_')}"):
                    places[form] = self._place(name)
        return places

    @cached_property
    def _xml_ids(self):
        """Answer the place of each XML id."""
        return {
            (self._place(name)[0], word): self._place(name)
            for name, text in self.sources.items()
            if name.endswith(".xml")
            for word in XML_DEFINITION.findall(text)
        }

    @cached_property
    def _nodes(self):
        """Answer the nodes of each Python file's tree, walked once."""
        return {
            name: list(ast.walk(ast.parse(text)))
            for name, text in self.sources.items()
            if name.endswith(".py")
        }

    def _above(self, word, place):
        """Answer the place that defines a name, where every one that does is above."""
        if word in self.external or word not in self._model_names:
            return None
        if any(self._knows(place, other) for other in self._definitions[word]):
            return None
        return min(self._model_names[word])

    # Uses

    def _uses(self, name, text, place):
        """Answer line, name and place of whatever a file uses that is above it."""
        if name.endswith(".py"):
            found = set(self._imports(name, place))
            words = _words_of_python(self._nodes[name])
        elif name.endswith(".js"):
            found = set(self._js_imports(name, text, place))
            words = _words_of_script(text)
        else:
            found = set()
            words = _words_of_xml(text)
        for number, word, context in words:
            for target_name, target in self._references(word, context):
                if not self._knows(place, target):
                    found.add((number, target_name, target))
            if above := self._above(word, place):
                found.add((number, word, above))
        return found

    def _references(self, word, context):
        """Yield the models and XML ids that a text names, and their places."""
        for addon, xml_id in XML_ID.findall(context):
            if target := self._xml_ids.get((addon, xml_id)):
                yield f"{addon}.{xml_id}", target
        for model in [word, *MODEL.findall(context)]:
            if target := self._models.get(model):
                yield model, target

    def _imports(self, name, place):
        for node in self._nodes[name]:
            if isinstance(node, ast.ImportFrom) and Path(name).name != "__init__.py":
                for target in self._targets(name, node):
                    if not self._knows(place, target):
                        yield node.lineno, f"import {node.module or '.'}", target

    def _js_imports(self, name, text, place):
        for match in JS_IMPORT.finditer(text):
            _quote, path, _quote, module = match.groups()
            if path:
                target, word = posixpath.join(posixpath.dirname(name), path), path
            else:
                addon, _slash, rest = module.partition("/")
                target, word = f"addons/{addon}/static/src/{rest}", f"@{module}"
            other = self._place(posixpath.normpath(target))
            if not self._knows(place, other):
                yield text.count("\n", 0, match.start()) + 1, f"import {word}", other

    def _targets(self, name, node):
        """Answer the places that an import reads."""
        if node.level:
            folder = Path(name).parents[node.level - 1]
            parts = [*folder.parts, *(node.module or "").split(".")]
        elif (node.module or "").startswith("odoo.addons.sercom"):
            parts = ["addons", *node.module.split(".")[2:]]
        else:
            return
        parts = list(filter(None, parts))
        for alias in node.names:
            yield self._place("/".join([*parts, alias.name, "x.py"]))


@cache
def _dependencies(addon):
    return set(addons.closure([addon]))


def _closure(rooms, room):
    known, pending = set(), [room]
    while pending:
        for other in rooms.get(pending.pop(), ()):
            if other not in known:
                known.add(other)
                pending.append(other)
    return known


def _read_table():
    """Answer ``{add-on: {room: rooms it knows}}`` and the allowed findings."""
    parser = configparser.ConfigParser(delimiters=("=",), interpolation=None)
    parser.optionxform = str
    parser.read(TABLE)
    return {
        section: {
            key: value if section == "allowed" else value.split()
            for key, value in parser[section].items()
        }
        for section in parser.sections()
    }


def _defined(nodes, is_model=False):
    """Yield the names that the classes of a file define.

    :param is_model: only those of Odoo's models
    """
    for node in nodes:
        if isinstance(node, ast.ClassDef):
            names = list(_members(node))
            if not is_model or {"_name", "_inherit"} & set(names):
                yield from names


def _models(nodes):
    """Yield the names of the models that a file makes, not of those it extends."""
    for node in nodes:
        if isinstance(node, ast.ClassDef):
            values = {
                target.id: part.value
                for part in node.body
                if isinstance(part, ast.Assign)
                for target in part.targets
                if isinstance(target, ast.Name)
            }
            name, parents = values.get("_name"), values.get("_inherit", ast.Tuple([]))
            extended = {part.value for part in ast.walk(parents) if isinstance(part, ast.Constant)}
            if isinstance(name, ast.Constant) and name.value not in extended:
                yield name.value


def _members(node):
    for part in node.body:
        if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield part.name
        elif isinstance(part, ast.AnnAssign):
            yield part.target.id
        elif isinstance(part, ast.Assign):
            yield from (target.id for target in part.targets if isinstance(target, ast.Name))


def _words_of_python(nodes):
    """Yield line, name and context of the names a file uses: attributes, and words of strings."""
    texts = set(_prose(nodes))
    for node in nodes:
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr, ""
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.value.lineno, node.arg, ""
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in texts:
            yield node.lineno, "", node.value
            for word in WORD.findall(node.value):
                yield node.lineno, word, ""


def _prose(nodes):
    """Yield the strings that are text for people: docstrings, labels and messages."""
    for node in nodes:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_label = isinstance(node, ast.keyword) and node.arg in ("string", "help", "description")
        if is_docstring or is_label:
            yield node.value
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "_" and node.args:
            yield node.args[0]


def _words_of_xml(text):
    """Yield line, name and context of the words in a file's attributes and expressions."""
    text = re.sub(r"<!--.*?-->", lambda found: "\n" * found.group().count("\n"), text, flags=re.S)
    number, end = 1, 0
    for match in XML_VALUE.finditer(text):
        number += text.count("\n", end, match.start())
        end = match.start()
        attribute, value, code = match.groups()
        if attribute not in TEXT:
            yield number, "", value or code
            for word in WORD.findall(value or code):
                yield number, word, ""


def _words_of_script(text):
    """Yield line, an empty name and context of a script's texts: models and XML ids are in them."""
    for match in JS_TEXT.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, "", match.group(2)
