"""A pytest plugin: a browser test that is skipped has failed.

Odoo skips its browser tests where it finds no browser, and a run that tested no screen would end
as green as one that did.
"""

import pytest

from odoo.tests import HttpCase


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
