"""A pytest plugin: what Sercom's tests need of pytest beside pytest-odoo.

A browser test that is skipped has failed: Odoo skips its browser tests where it finds no browser,
and a run that tested no screen would end as green as one that did.

Two markers are set here, so that Odoo's own runner needs to know neither:

- ``slow`` are the tests with Odoo's tag of this name;
- ``today`` are those that read the clock or open a browser, which does: they may end differently on
  another day;
- ``screens`` are those that hold a phone or run a suite of HOOT: their page reads the clock too,
  and they take so long that CI tries them at one other moment only; so are the tests with Odoo's
  tag ``walk``, which look at many screens one after the other, and they alone are not ``today``.

And each process has files of its own. pytest-odoo lets all share those of the database they were
copied from: what one of them collects as garbage, another may be using.
"""

import contextlib
import os
import re
import shutil
from functools import cache
from pathlib import Path

import pytest
import pytest_odoo

from odoo.tests import HttpCase
from odoo.tools import config as odoo_config

MARKERS = {
    "slow": "takes long, or waits for other transactions; SLOW=1",
    "today": "reads the clock, so that it is tried at other moments too",
    "screens": "holds a phone, runs HOOT or walks screens: tried at one other moment",
}
READS_THE_CLOCK = re.compile(
    r"\btoday\(\)|\bnow\(\)|\bcontext_today\(|\bstart_tour\(|\bbrowser_js\("
)
OPENS_A_SCREEN = re.compile(r"\bhold_phone\(|\brun_suite\(")
PLAIN = (str, bytes, int, float, bool, type(None))


@contextlib.contextmanager
def _own_filestore(original_name, name):
    """Lend a process's database the files of the one it is a copy of, as links."""
    store = Path(odoo_config["data_dir"], "filestore")
    is_copy = original_name != name and (store / original_name).is_dir()
    if is_copy:
        shutil.rmtree(store / name, ignore_errors=True)
        shutil.copytree(store / original_name, store / name, copy_function=os.link)
    try:
        yield
    finally:
        if original_name != name:
            shutil.rmtree(store / name, ignore_errors=True)


def pytest_configure(config):
    """Declare the markers; keep the files of processes apart."""
    pytest_odoo._shared_filestore = _own_filestore
    for name, meaning in MARKERS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Set the markers, before pytest selects by them."""
    for item in items:
        tags = getattr(item.cls, "test_tags", ())
        if "slow" in tags:
            item.add_marker("slow")
        for name in ["screens"] if "walk" in tags else _markers_of(item.path):
            item.add_marker(name)


@cache
def _markers_of(path):
    text = path.read_text()
    signs = {"today": READS_THE_CLOCK, "screens": OPENS_A_SCREEN}
    return [name for name, sign in signs.items() if sign.search(text)]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn the skip of a browser test into a failure that tells why it was skipped."""
    outcome = yield
    report = outcome.get_result()
    is_browser_test = isinstance(getattr(item, "cls", None), type) and issubclass(
        item.cls, HttpCase
    )
    if report.skipped and is_browser_test and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"A browser test was skipped: {reason}"


@pytest.hookimpl(hookwrapper=True)
def pytest_report_to_serializable():
    """Let a report travel to the process that prints it, whatever its sub-tests are named by.

    A frozen date, a record or an exception cannot; the text that would be printed can.
    """
    outcome = yield
    outcome.force_result(_to_plain(outcome.get_result()))


def _to_plain(value):
    if isinstance(value, dict):
        return {_to_plain(key): _to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple):  # as the place and the reason of a skip must stay
        return tuple(_to_plain(item) for item in value)
    if isinstance(value, (list, set, frozenset)):
        return [_to_plain(item) for item in value]
    # Not what only derives from a plain type: it cannot travel either.
    return value if type(value) in PLAIN else repr(value)
