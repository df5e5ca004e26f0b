from datetime import datetime, timedelta
from unittest.mock import patch

from .home_moments import DAY, HOUR, NOW


class CountedWork:
    """What each tile of jobs, hours and parts counts, and what it must not."""

    # Jobs

    def _assign(self, job, employee=None, start=NOW + HOUR):
        return self.env["sercom.assignment"].create(
            {
                "fsm_order_id": job.id,
                "employee_id": (employee or self.employee).id,
                "date_start": start,
                "date_end": start + HOUR,
            }
        )

    def _make_jobs_to_plan_urgent(self):
        tonight = {"request_late": datetime(2026, 11, 4, 4, 59), "request_early": NOW}
        tomorrow = {"request_late": datetime(2026, 11, 4, 5), "request_early": NOW}
        planned = self._create_job(priority="3")
        self._assign(planned, start=NOW + 2 * DAY)
        return (
            {
                "priority": self._create_job(priority="2", request_late=NOW + 9 * DAY),
                "today at the latest": self._create_job(**tonight),
            },
            {"tomorrow": self._create_job(**tomorrow), "planned": planned},
        )

    def _make_jobs_to_plan(self):
        pair, planned, cancelled = (self._create_job() for _time in range(3))
        pair.people_count = 2
        self._assign(pair, start=NOW + 3 * DAY)
        self._assign(planned, start=NOW + 4 * DAY)
        cancelled.action_cancel()
        return (
            {"nobody": self._create_job(), "one of two": pair},
            {"planned": planned, "cancelled": cancelled},
        )

    def _make_jobs_at_risk(self):
        policy = self.env["sercom.sla.policy"].create(
            {
                "name": "Standard",
                "calendar_id": self.company.resource_calendar_id.id,
                "first_visit_hours": 4.0,
                "completion_hours": 16.0,
            }
        )

        def promise(start):
            return self._create_job(sla_policy_id=policy.id, sla_start=start)

        done = promise(NOW - 30 * DAY)
        done.action_complete()
        return (
            {"late": promise(NOW - 30 * DAY)},
            {"on time": promise(NOW), "done": done, "no promise": self._create_job()},
        )

    def _make_jobs_past_window(self):
        past = {"request_early": NOW - DAY, "request_late": NOW - HOUR}
        done = self._create_job(**past)
        done.action_complete()
        return (
            {"past": self._create_job(**past)},
            {
                "to come": self._create_job(**{**past, "request_late": NOW + HOUR}),
                "done": done,
                "no window": self._create_job(),
            },
        )

    def _done(self, bill=False):
        job = self._create_billable_job()
        job.action_complete()
        move = self.env["account.move"]
        if bill:
            move = move.browse(job.action_convert_to_invoice()["res_id"])
        return job, move

    def _make_jobs_ready_to_bill(self):
        return self._make_jobs_to_bill()

    def _make_jobs_to_bill(self):
        waits, _none = self._done()
        drafted, _draft = self._done(bill=True)
        posted, move = self._done(bill=True)
        move.action_post()
        cancelled, move = self._done(bill=True)
        move.button_cancel()
        credited, move = self._done(bill=True)
        move.action_post()
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id})
        )
        self.env["account.move"].browse(wizard.refund_moves()["res_id"]).action_post()
        empty = self._create_job()
        empty.action_complete()
        counted = {
            "done": waits,
            "its invoice is cancelled": cancelled,
            "its invoice is credited": credited,
        }
        others = {
            "drafted": drafted,
            "posted": posted,
            "not done": self._create_billable_job(),
            "nothing sold": empty,
        }
        for is_to_bill, jobs in ((True, counted), (False, others)):
            for job in jobs.values():
                self.assertEqual(job.is_to_bill, is_to_bill)
        return counted, others

    # Hours

    def _clock(self, days, hours=2.0, employee=None, job=None):
        start = NOW - days * DAY
        return self.env["hr.attendance"].create(
            {
                "employee_id": (employee or self.employee).id,
                "fsm_order_id": (job or self._create_billable_job()).id,
                "check_in": start,
                "check_out": hours and start + timedelta(hours=hours),
            }
        )

    def _make_clocks_forgotten(self):
        forgotten = self._clock(4, hours=0.0)
        # No commit within a test; the method itself is Odoo's.
        cron = self.env.registry["ir.cron"]
        with patch.object(cron, "_commit_progress", lambda *_args, **_kwargs: 600.0):
            self.env["hr.attendance"]._cron_find_forgotten()
        running = self._clock(0.1, hours=0.0, employee=self.mate)
        return {"forgotten": forgotten}, {"running": running, "ended": self._clock(9)}

    def _propose(self, days):
        entry = self._clock(days)
        return entry.with_user(self.users["technician"]).action_propose_correction(
            {"reason": "Forgot to tap", "check_out": entry.check_out + HOUR}
        )

    def _make_corrections_to_decide(self):
        accepted, refused, withdrawn = (self._propose(days) for days in (12, 13, 14))
        accepted.with_user(self.users["dispatcher"]).action_accept()
        refused.with_user(self.users["dispatcher"]).action_refuse()
        withdrawn.with_user(self.users["technician"]).action_withdraw()
        return (
            {"proposed": self._propose(11)},
            {"accepted": accepted, "refused": refused, "withdrawn": withdrawn},
        )

    def _make_hours_to_approve(self):
        waits, approved, locked = (self._clock(days).timesheet_ids for days in (21, 22, 23))
        (approved | locked).with_user(self.users["manager"]).action_approve()
        locked.with_user(self.users["manager"]).action_lock()
        cost = self.env["account.analytic.line"].create(
            {"name": "Rent", "account_id": waits.account_id.id, "amount": -5.0}
        )
        return {"draft": waits}, {"approved": approved, "locked": locked, "a cost": cost}

    def _make_jobs_over_sold(self):
        def work(days, hours):
            return self._clock(days, hours, job=self._create_billable_job()).fsm_order_id

        cancelled = work(33, 5.0)
        cancelled.action_cancel()
        return (
            {"over": work(31, 3.5)},
            {
                "what was sold": work(32, 3.0),
                "cancelled": cancelled,
                "nothing sold": self._clock(34, job=self._create_job()).fsm_order_id,
            },
        )

    def _make_phone_work_to_decide(self):
        def send(state):
            return self.env["sercom.phone.action"].create(
                {
                    "uuid": f"counted-{state}",
                    "user_id": self.users["technician"].id,
                    "company_id": self.company.id,
                    "fsm_order_id": self._create_job().id,
                    "kind": "note",
                    "state": state,
                }
            )

        return {"proposed": send("proposed")}, {"done": send("done"), "refused": send("refused")}

    # Parts

    def _make_parts_short(self):
        part = self._create_product(name="Pump", type="consu", is_storable=True)
        there = self._create_product(name="Filter", type="consu", is_storable=True)
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", self.company.id)])
        self.env["stock.quant"]._update_available_quantity(there, warehouse[:1].lot_stock_id, 5.0)

        def need(product):
            job = self._create_job(scheduled_date_start=NOW + DAY)
            self.env["sale.order.line"].create(
                {
                    "order_id": job.sale_id.id,
                    "fsm_order_id": job.id,
                    "product_id": product.id,
                    "product_uom_qty": 2.0,
                }
            )
            return job

        short, enough, cancelled = need(part), need(there), need(part)
        cancelled.action_cancel()
        self.env.flush_all()
        parts = self.env["sercom.job.part"]

        def of(job):
            return parts.search([("fsm_order_id", "=", job.id)])

        self.assertTrue(of(short) and of(enough))
        return {"short": of(short)}, {"there": of(enough), "cancelled": of(cancelled)}
