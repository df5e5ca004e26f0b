from datetime import date, timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.sercom_jobs.tests.parallel import ParallelCase


@tagged("post_install", "-at_install")
class TestRecurringConcurrency(ParallelCase):
    """The visits of one recurring job, made by several transactions at the same moment."""

    @staticmethod
    def _create_base(env):
        client, site = ParallelCase._create_site(env, "Client of parallel visits")
        product = env["product.product"].create(
            {"name": "Parallel visit", "type": "service", "taxes_id": [Command.clear()]}
        )
        return {"client": client.id, "site": site.id, "product": product.id}

    def _delete_base(self, env):
        site = env["fsm.location"].browse(self.base["site"])
        recurring = env["fsm.recurring"].search([("location_id", "=", site.id)])
        jobs, files = recurring.fsm_order_ids, recurring.service_file_id
        orders = jobs.sale_id | recurring.period_order_ids
        orders._action_cancel()
        jobs.sale_line_ids.fsm_order_id = False
        with patch.object(self.registry["fsm.order"], "can_unlink", lambda jobs: True):
            jobs.unlink()
        recurring.unlink()
        orders.exists().unlink()
        (files | env["sercom.service.file"].search([("fsm_location_id", "=", site.id)])).unlink()
        env["product.product"].browse(self.base["product"]).product_tmpl_id.unlink()
        partners = site.partner_id + env["res.partner"].browse(self.base["client"])
        site.unlink()
        partners.unlink()

    def _create_recurring(self, env, **vals):
        recurring = env["fsm.recurring"].create(
            {
                "location_id": self.base["site"],
                "date_first": fields.Date.today() + timedelta(days=1),
                "start_hour": 12.0,
                "repeat_unit": "day",
                "schedule_days": 4,
                "scheduled_duration": 1.0,
                "generate_from": date(2020, 1, 1),
                "line_ids": [Command.create({"product_id": self.base["product"]})],
                **vals,
            }
        )
        recurring._open_service_files()
        return recurring.id

    def _make_together(self, method, callers=2, state="progress", **vals):
        """Call ``method`` in parallel on one recurring job; the dates, orders and failures made."""
        recurring_id = self._run(lambda env: self._create_recurring(env, state=state, **vals))

        def call(env):
            getattr(env["fsm.recurring"].browse(recurring_id), method)()

        def read(env):
            found = env["fsm.recurring"].browse(recurring_id)
            days = found.fsm_order_ids.mapped("recurrence_date")
            return sorted(days), len(found.period_order_ids), found.visit_failures

        for answer in self._run_together([call] * callers):
            if isinstance(answer, Exception):
                raise answer
        days, orders, failures = self._run(read)
        today = fields.Date.today()
        self.assertEqual(len(days), len(set(days)), "a date has two visits")
        self.assertGreaterEqual(len(days), 4)
        self.assertTrue(set(days) <= {today + timedelta(days=shift) for shift in range(6)})
        self.assertFalse(failures)
        return days, orders

    def test_two_transactions_make_each_visit_once(self):
        self._make_together("_generate_orders")

    def test_eight_transactions_make_each_visit_once(self):
        self._make_together("_generate_orders", callers=8)

    def test_two_people_start_it(self):
        self._make_together("action_start", state="draft")

    def test_two_transactions_open_one_order_by_period(self):
        days, orders = self._make_together(
            "_generate_orders", billing_mode="period", billing_period="year"
        )
        self.assertEqual(orders, len({day.year for day in days}))

    def test_the_index_alone_refuses_a_second_visit(self):
        """Two transactions that do not wait for each other: the database decides."""
        recurring_id = self._run(lambda env: self._create_recurring(env, state="progress"))
        day = fields.Date.today() + timedelta(days=2)

        def make(env):
            recurring = env["fsm.recurring"].browse(recurring_id)
            start = fields.Datetime.now() + timedelta(days=2)
            return len(recurring._make_visits([(day, start)]))

        def read(env):
            recurring = env["fsm.recurring"].browse(recurring_id)
            return len(recurring.fsm_order_ids), recurring.visit_failures

        with self._environment(1) as first, self._environment(1) as second:
            # Both have their snapshot before either writes.
            for env in (first, second):
                env["fsm.recurring"].browse(recurring_id).read(["name"])
            self.assertEqual(make(first), 1)
            first.cr.commit()  # banned-ok: two transactions, one over before the other
            self.assertEqual(make(second), 0)
        self.assertEqual(self._run(read), (1, False))
