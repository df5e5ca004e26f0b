import threading
from contextlib import contextmanager
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL

TIMEOUT = 60  # seconds that a thread may take, retries included


@tagged("slow")
class ParallelCase(BaseCase):
    """Tests of what several people do at the same moment, each in a transaction of their own.

    The records are committed, unlike those of other tests: ``_create_base`` answers the ids of
    those that a test starts from, kept in ``self.base``, and ``_delete_base`` deletes them. Each
    caller is retried on serialization errors as Odoo retries a request.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())

    def setUp(self):
        super().setUp()
        self.base = self._run(self._create_base)
        self.addCleanup(self._run, self._delete_base)

    @staticmethod
    def _create_base(env):
        """Hook: make what each test starts from; its ids by name."""
        return {}

    def _delete_base(self, env):
        """Hook: delete what was made, and what the test made of it."""

    @staticmethod
    def _create_site(env, name, **vals):
        """A client of that name and with these values, and a site of theirs.

        :return: ``(res.partner, fsm.location)``
        """
        client = env["res.partner"].create({"name": name, **vals})
        return client, env["fsm.location"].create({"name": "Parallel site", "owner_id": client.id})

    def _delete_jobs(self, env, jobs):
        """Delete jobs, whatever their stage, with their orders, files and mails."""
        orders, files = jobs.sale_id, jobs.service_file_id
        self._delete_ledgers(env, orders)
        env["mail.mail"].search([("model", "=", "fsm.order"), ("res_id", "in", jobs.ids)]).unlink()
        # fieldservice keeps the jobs that left their first stage.
        with patch.object(self.registry["fsm.order"], "can_unlink", lambda jobs: True):
            jobs.sale_line_ids.fsm_order_id = False
            orders.locked = False
            orders._action_cancel()
            jobs.unlink()
        orders.exists().unlink()
        files.exists().unlink()

    def _delete_ledgers(self, env, orders):
        """Take away the rows about orders that nobody else can delete."""
        env.flush_all()
        for Model in env.values():
            if getattr(Model, "_is_append_only", False):
                query = "DELETE FROM %s WHERE order_id IN %s"
                table = SQL.identifier(Model._table)
                env.cr.execute(SQL(query, table, tuple(orders.ids) or (0,)))

    @classmethod
    @contextmanager
    def _environment(cls, uid):
        with cls.registry.cursor() as cr:
            yield api.Environment(cr, uid, {"tracking_disable": True, "lang": "en_US"})

    @classmethod
    def _run(cls, function, uid=SUPERUSER_ID):
        """Call ``function(env)`` in a transaction that is committed."""
        with cls._environment(uid) as env:
            return function(env)

    def _run_together(self, functions, uid=SUPERUSER_ID):
        """Call every ``function(env)`` in parallel; what each answered or raised, in order.

        All callers have their snapshot of the database before the first one begins.
        """
        barrier = threading.Barrier(len(functions), timeout=TIMEOUT)
        answers = [None] * len(functions)

        def work(index, function):
            threading.current_thread().dbname = get_db_name()
            first = True

            def call():
                nonlocal first
                env.cr.execute("SELECT 1")
                if first:
                    first = False
                    barrier.wait()
                return function(env)

            try:
                with self._environment(uid) as env:
                    answers[index] = retrying(call, env)
            except Exception as error:
                answers[index] = error

        threads = [
            threading.Thread(target=work, args=item, daemon=True) for item in enumerate(functions)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(TIMEOUT)
            self.assertFalse(thread.is_alive(), "a caller waits for ever")
        return answers
