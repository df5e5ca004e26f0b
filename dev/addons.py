"""Sercom's add-ons: their manifests, their order, and what their database depends on."""

import ast
import hashlib
import os
import subprocess
from functools import cache

from . import paths

ROOT = "sercom"
# Folders of the checkout that are not part of the root add-on, as installed.
NOT_THE_ADDON = {
    *("addons", "build", "changelog.d", "dev", "dist", "docs"),
    *("CONTRIBUTING.md", "Makefile", "requirements.txt"),
}
# Parts of an add-on that do not change what is installed in the database.
NOT_INSTALLED = {"tests", "readme", "docs", "__pycache__", "node_modules", "pyproject.toml"}
# The client reads these from the disk; the demo company is loaded apart.
NOT_STORED = ("static/src", "static/tests", "data/demo")


@cache
def suite():
    """Answer ``{name: folder}`` of the add-ons, each after those it depends on."""
    folders = {
        path.parent.name: path.parent for path in sorted(paths.ADDONS.glob("*/__manifest__.py"))
    }
    if (paths.CHECKOUT / "__manifest__.py").exists():
        folders[ROOT] = paths.CHECKOUT
    ordered = {}

    def visit(name):
        for dependency in manifest(folders[name])["depends"]:
            if dependency in folders and dependency not in ordered:
                visit(dependency)
        ordered[name] = folders[name]

    for name in folders:
        if name not in ordered:
            visit(name)
    return ordered


@cache
def manifest(folder):
    """Answer an add-on's manifest, with a list of ``depends`` in any case."""
    content = ast.literal_eval((folder / "__manifest__.py").read_text())
    return {"depends": ["base"], **content}


def closure(names):
    """Answer these add-ons and those of Sercom they depend on, in the order of installation."""
    wanted = set()
    pending = list(names)
    while pending:
        name = pending.pop()
        if name in suite() and name not in wanted:
            wanted.add(name)
            pending += manifest(suite()[name])["depends"]
    return [name for name in suite() if name in wanted]


def external(names=None):
    """Answer the add-ons of others that Sercom's, or some of them, name in their manifests."""
    named = {d for name in names or suite() for d in manifest(suite()[name])["depends"]}
    return sorted(named - set(suite()))


def changed():
    """Answer the add-ons that have changed since the main branch, or in the last commit on it."""

    def git(*arguments):
        command = ["git", "-C", str(paths.CHECKOUT), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()

    head = git("rev-parse", "HEAD")
    branches = (git("merge-base", "HEAD", branch) for branch in ("origin/main", "main"))
    base = next((commit for commit in branches if commit and commit != head), ["HEAD~1"])
    files = git("diff", "--name-only", *base) + git("ls-files", "--others", "--exclude-standard")
    names = {owner(paths.CHECKOUT / file) for file in files}
    return [name for name in suite() if name in names]


def _files(name):
    folder = suite()[name]
    for base, folders, files in os.walk(folder):
        relative = os.path.relpath(base, folder)
        excluded = NOT_INSTALLED | (NOT_THE_ADDON if name == ROOT and relative == "." else set())
        folders[:] = sorted(
            f
            for f in folders
            if f not in excluded
            and not f.startswith(".")
            and os.path.normpath(f"{relative}/{f}") not in NOT_STORED
        )
        for file in sorted(files):
            if file not in excluded and not file.startswith(".") and not file.endswith(".md"):
                yield os.path.normpath(os.path.join(relative, file)), os.path.join(base, file)


@cache
def digest(name):
    """Answer a hash of the files of an add-on that its installation reads."""
    result = hashlib.sha256()
    for relative, path in _files(name):
        with open(path, "rb") as file:
            content = hashlib.sha256(file.read()).hexdigest()
        result.update(f"{relative} {content}\n".encode())
    return result.hexdigest()[:16]


def owner(path):
    """Answer the name of the add-on that holds a path of the checkout."""
    path = path.resolve()
    for name, folder in suite().items():
        if name != ROOT and path.is_relative_to(folder):
            return name
    return ROOT
