"""A pytest plugin: what one test has made ready, the next one finds ready.

Odoo forgets after each test all that it has read of views, groups, rules and settings, and what it
has compiled for the browser. Here a test finds its registry's caches as they were when its class
was set up; those that only change with a change of their own (``KEPT``) as the last test left them,
unless somebody cleared them. Tests that count queries start with empty caches, as Odoo's do.

The users of the common cases are made once per database.
"""

import contextlib
import gc
import inspect
import re
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from passlib.context import CryptContext

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tests import TransactionCase, get_db_name

# Caches of records that clear them whenever they change. The others also hold what a test's own
# records led to, under names that the next test uses again.
KEPT = ("stable", "templates", "groups", "assets", "routing", "routing.rewrites")
COUNTS_QUERIES = re.compile(r"_get_queries|_assert_queries|assertQueryCount|sql_log_count")
# Odoo's objects live as long as the process: looking through them again and again finds nothing.
GARBAGE = (50_000, 20, 50)


class Caches:
    """The caches of a registry, to be put back as they were."""

    def __init__(self, registry):
        self.registry = registry
        self.sequence = registry.registry_sequence
        self.values = {name: dict(found._values) for name, found in self._found()}
        self.clearings = dict(clearings)

    def _found(self):
        return self.registry._Registry__caches.items()

    def learn(self):
        """Take over what was read since and still holds."""
        for name, found in self._found():
            if name in KEPT and clearings.get(name) == self.clearings.get(name):
                self.values[name] = dict(found._values)

    def restore(self):
        """Put back what was known, unless the registry is another one by now."""
        if self.registry.registry_sequence != self.sequence or self.registry.registry_invalidated:
            return
        for name, found in self._found():
            with found._lock:
                found._values = dict(self.values[name])
                found._ordering = dict.fromkeys(found._values)


clearings = {}  # how often each cache was cleared by what a test did
kept_bundles = {}  # what tests compiled for the browser, by URL
is_between_tests = False  # Odoo clears all: nothing has changed


def _patch_registry():
    from odoo.orm.registry import _CACHES_BY_KEY

    clear, clear_all = Registry.clear_cache, Registry.clear_all_caches

    def note(keys):
        for name in {name for key in keys for name in _CACHES_BY_KEY[key]}:
            clearings[name] = clearings.get(name, 0) + 1

    def clear_cache(self, *names):
        clear(self, *names)
        note(names or ("default",))

    def clear_all_caches(self):
        clear_all(self)
        if not is_between_tests:
            note(_CACHES_BY_KEY)

    Registry.clear_cache, Registry.clear_all_caches = clear_cache, clear_all_caches


def _patch_cases():
    set_up_class, set_up = TransactionCase.setUpClass.__func__, TransactionCase.setUp

    def setUpClass(cls):
        cls.addClassCleanup(_keep_bundles)
        if _counts_queries(cls):
            with TransactionCase.muted_registry_logger:
                Registry(get_db_name()).clear_all_caches()
            set_up_class(cls)
            return
        caches = Caches(Registry(get_db_name()))
        cls.addClassCleanup(_end, caches)
        set_up_class(cls)
        cls.addClassCleanup(_begin_end, caches)

    def setUp(self):
        _create_bundles(Environment(self.cr, SUPERUSER_ID, {}))
        if _counts_queries(type(self)):
            set_up(self)
            return
        caches = Caches(self.registry)
        self.addCleanup(_end, caches)
        set_up(self)
        self.addCleanup(_begin_end, caches)

    TransactionCase.setUpClass, TransactionCase.setUp = classmethod(setUpClass), setUp


def _begin_end(caches):
    global is_between_tests
    caches.learn()
    is_between_tests = True


def _end(caches):
    global is_between_tests
    is_between_tests = False
    caches.restore()


@cache
def _counts_queries(cls):
    return bool(COUNTS_QUERIES.search(Path(inspect.getfile(cls)).read_text()))


def _patch_bundles():
    from odoo.addons.base.models.assetsbundle import AssetsBundle

    save = AssetsBundle.save_attachment

    def save_attachment(self, extension, content):
        attachment = save(self, extension, content)
        kept_bundles[attachment.url] = {
            "name": attachment.name,
            "mimetype": attachment.mimetype,
            "res_model": "ir.ui.view",
            "res_id": False,
            "type": "binary",
            "public": True,
            "raw": content.encode(),
            "url": attachment.url,
        }
        return attachment

    AssetsBundle.save_attachment = save_attachment


def _create_bundles(env):
    """Save what was compiled: the attachments of the test that did it have gone with it."""
    if kept_bundles:
        Attachment = env["ir.attachment"]
        known = set(Attachment.search([("url", "in", list(kept_bundles))]).mapped("url"))
        Attachment.create([vals for url, vals in kept_bundles.items() if url not in known])


def _keep_bundles():
    """Leave to all classes what the tests of one compiled."""
    if kept_bundles:
        with _committed() as env:
            _create_bundles(env)
        kept_bundles.clear()


@contextlib.contextmanager
def _committed():
    with Registry(get_db_name()).cursor() as cr:
        yield Environment(cr, SUPERUSER_ID, {})
        cr.commit()


def pytest_configure():
    """Take the place of what Odoo does before and after each test."""
    _patch_registry()
    _patch_cases()
    _patch_bundles()


@pytest.fixture(scope="session", autouse=True)
def common_users(request, load_registry):
    """Make the users of the common cases, once for all of them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    cases = {getattr(item, "cls", None) for item in request.session.items}
    makers = (getattr(case, "_create_common_users", None) for case in cases)
    if make := next(filter(None, makers), None):
        cheap = CryptContext(["pbkdf2_sha512", "plaintext"], pbkdf2_sha512__rounds=1)
        users = "odoo.addons.base.models.res_users.ResUsersPatchedInTest._crypt_context"
        with patch(users, lambda self: cheap), _committed() as env:
            make(env)
        Registry(get_db_name()).signal_changes()
