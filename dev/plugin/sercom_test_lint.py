"""A pytest plugin: Odoo's own ``test_lint``, kept to Sercom's add-ons.

Its tests look at every add-on there is and at the whole registry; what others did is not ours to
mend. On Odoo's own machines a warning in their log is a failure: here too.
"""

import contextlib
import logging
import os
import sys
import types

import pytest

from odoo.modules import Manifest
from odoo.modules.registry import Registry
from odoo.tests import BaseCase

MODULES = tuple(os.environ["SERCOM_ADDONS"].split(","))
PACKAGES = tuple(f"odoo.addons.{name}." for name in MODULES)
# The tests of Odoo's own checkers would need pylint beside Odoo, and their package imports them.
CHECKERS = "odoo.addons.test_lint.tests.test_checkers"
sys.modules[CHECKERS] = types.ModuleType(CHECKERS)
LOGGER = logging.getLogger("odoo.addons.test_lint")


def _is_ours(cls):
    return f"{cls.__module__}.".startswith(PACKAGES)


class _OurModels:
    """A registry that shows only the models to which Sercom adds something."""

    def __init__(self, name):
        self._registry = Registry(name)

    def items(self):
        return [
            (name, model)
            for name, model in self._registry.items()
            if any(map(_is_ours, model.mro()))
        ]


def _concerns_us(model=None, method=None, module=None):
    """Tell whether the subject of a sub-test is Sercom's."""
    if module:
        return module in MODULES
    if model and method:
        name = os.environ["SERCOM_DATABASE"]
        owners = [cls for cls in Registry(name)[model].mro() if method in vars(cls)]
        return any(map(_is_ours, owners))
    return True


@pytest.fixture(autouse=True)
def only_ours(request, monkeypatch):
    """Restrict a test to Sercom's add-ons."""
    every = Manifest.all_addon_manifests
    monkeypatch.setattr(
        Manifest,
        "all_addon_manifests",
        staticmethod(lambda: [found for found in every() if found.name in MODULES]),
    )
    if hasattr(request.module, "Registry"):
        monkeypatch.setattr(request.module, "Registry", _OurModels)
    if hasattr(request.module, "MODULES_TO_LINT_ONLY_PUBLIC_METHODS"):
        monkeypatch.setattr(request.module, "MODULES_TO_LINT_ONLY_PUBLIC_METHODS", MODULES)
    plain = BaseCase.subTest

    @contextlib.contextmanager
    def sub_test(self, *args, **params):
        with plain(self, *args, **params):
            try:
                yield
            except Exception:
                if _concerns_us(**params):
                    raise

    monkeypatch.setattr(BaseCase, "subTest", sub_test)


@pytest.fixture(autouse=True)
def only_our_indexes(request, monkeypatch):
    """Restrict the list of One2many inverses without an index to those of Sercom's fields."""
    if request.node.name != "test_enforce_index_on_one2many_inverse":
        return
    fail = request.cls.fail

    def fail_for_ours(self, message):
        fields = self.env.registry
        ours = [
            line
            for line in message.splitlines()
            if " (inverse of " in line
            and any(
                set(fields[name.rpartition(".")[0]]._fields[name.rpartition(".")[2]]._modules)
                & set(MODULES)
                for name in line.rstrip(")").split(" (inverse of ")
            )
        ]
        if ours:
            fail(self, "Index these fields ('btree_not_null', or True):\n" + "\n".join(ours))

    monkeypatch.setattr(request.cls, "fail", fail_for_ours)


@pytest.fixture(autouse=True)
def no_warning():
    """Fail a test that logged a warning."""
    records = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = records.append
    LOGGER.addHandler(handler)
    yield
    LOGGER.removeHandler(handler)
    if records:
        pytest.fail("\n".join(record.getMessage() for record in records), pytrace=False)
