"""A pytest plugin: write the worst outcome of each test to the file ``SERCOM_OUTCOMES`` names."""

import json
import os

import pytest

WORST_LAST = ("skipped", "passed", "failed")


class Outcomes:
    """What came of each test; a failed part of a test fails it."""

    def __init__(self):
        self.found = {}

    def pytest_runtest_logreport(self, report):
        """Note a report, of a test's setup, call, sub-test or teardown."""
        if report.when != "call" and report.outcome == "passed":
            return
        known = self.found.get(report.nodeid, WORST_LAST[0])
        self.found[report.nodeid] = max(known, report.outcome, key=WORST_LAST.index)

    def pytest_collectreport(self, report):
        """Note a file that cannot be collected as a failed test."""
        if report.failed:
            self.found[report.nodeid] = "failed"


def pytest_configure(config):
    """Start to note."""
    config.pluginmanager.register(Outcomes(), "sercom_outcomes_notes")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """Write what was noted."""
    notes = session.config.pluginmanager.get_plugin("sercom_outcomes_notes")
    with open(os.environ["SERCOM_OUTCOMES"], "w") as file:
        json.dump(notes.found, file)
