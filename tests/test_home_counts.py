from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .common import ROLES, SercomCommon

# A Tuesday, 15:00 in Montréal.
NOW = datetime(2026, 11, 3, 20)
TODAY = date(2026, 11, 3)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TILES = (
    *("requests_to_answer", "requests_to_qualify", "assessments_today"),
    *("quotes_to_send", "quotes_to_chase", "quotes_expiring", "quotes_expired"),
    *("invoices_draft", "invoices_overdue", "payments_to_match"),
    *("sold_this_month", "invoiced_this_month"),
    *("jobs_to_plan_urgent", "jobs_to_plan", "jobs_at_risk", "jobs_past_window", "jobs_to_bill"),
    *("clocks_forgotten", "corrections_to_decide", "hours_to_approve", "jobs_over_sold"),
    "parts_short",
)


@tagged("post_install", "-at_install")
class TestHomeCounts(SercomCommon):
    """Each tile counts what waits and nothing else, for each role, and opens what it counts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = freeze_time(NOW)
        clock.start()
        cls.addClassCleanup(clock.stop)
        for role in ROLES:
            cls.users[role].tz = "America/Toronto"
        cls.employee.tz = "America/Toronto"
        cls.mate = cls.env["hr.employee"].create({"name": "Mate", "tz": "America/Toronto"})
        cls.other_company = cls._create_second_company()

    def _open(self, role, key, company=None):
        """Records that the tile opens for ``role``, and the figure that it shows."""
        user = self.users[role]
        company = company or self.company
        home = self.env["sercom.home"].with_user(user)
        home = home.with_context(allowed_company_ids=company.ids)
        action = home.open_tile(key)
        records = home.env[action["res_model"]].search(action["domain"])
        tile = next(tile for tile in home._get_own_tiles() if tile.key == key)
        return records, home._read_tile(tile)["count"]

    def _assert_counted(self, key, counted, others):
        self.env.flush_all()
        for user in self.users.values():
            user.company_ids |= self.other_company
        found = False
        for role in ROLES[1:]:
            home = self.env["sercom.home"].with_user(self.users[role])
            if key not in {tile.key for tile in home._get_own_tiles()}:
                continue
            found = True
            with self.subTest(tile=key, role=role):
                records, count = self._open(role, key)
                self.assertEqual(len(records), count)
                for name, record in counted.items():
                    self.assertLessEqual(set(record.ids), set(records.ids), name)
                for name, record in others.items():
                    self.assertFalse(set(record.ids) & set(records.ids), name)
                elsewhere, count = self._open(role, key, self.other_company)
                self.assertEqual(len(elsewhere), count)
                for name, record in counted.items():
                    self.assertFalse(set(record.ids) & set(elsewhere.ids), f"{name}, elsewhere")
        self.assertTrue(found, f"{key}: no role of the office has it")

    def test_every_tile_is_here(self):
        keys = [tile.key for tile in self.env["sercom.home"]._get_tiles()]
        self.assertEqual(sorted(TILES), sorted(keys))

    def test_each_tile_counts_what_waits(self):
        for key in TILES:
            with self.subTest(tile=key):
                counted, others = getattr(self, f"_make_{key}")()
                self.assertTrue(counted and others)
                self._assert_counted(key, counted, others)

    def test_technicians_have_their_own_jobs_in_its_place(self):
        own = self._create_job(person_id=self.worker.id, scheduled_date_start=NOW + HOUR)
        mate = self.mate._get_fsm_persons()[self.mate]
        other = self._create_job(person_id=mate.id, scheduled_date_start=NOW + HOUR)
        closed = self._create_job(person_id=self.worker.id, scheduled_date_start=NOW - 5 * HOUR)
        closed.action_cancel()
        technician = self.users["technician"]
        action = self.env["ir.actions.act_window"]._for_xml_id("sercom_jobs.sercom_my_job_action")
        context = safe_eval(action["context"])
        view = self.env.ref("sercom_jobs.sercom_job_view_search")
        arch = view._get_combined_arch()
        domain = []
        for name in context:
            node = arch.xpath(f"//filter[@name='{name.removeprefix('search_default_')}'][@domain]")
            if node:
                domain += safe_eval(node[0].get("domain"), {"uid": technician.id})
        jobs = self.env["fsm.order"].with_user(technician).search(domain)
        self.assertIn(own, jobs)
        self.assertFalse(jobs & (other | closed))

    # Requests

    def _make_requests_to_answer(self):
        waits = self._create_request(company_id=self.company.id)
        cancelled = self._create_request(company_id=self.company.id)
        self._assess(cancelled, NOW + DAY, appointment_state="cancelled")
        quoted, lost, assessed = (self._create_request() for _time in range(3))
        quoted.action_convert_to_quote()
        lost.action_set_lost()
        self._assess(assessed, NOW + DAY)
        plain = self.env["crm.lead"].create({"name": "A deal", "type": "opportunity"})
        return (
            {"waits": waits, "its assessment is cancelled": cancelled},
            {"quoted": quoted, "lost": lost, "assessed": assessed, "no service": plain},
        )

    def _make_requests_to_qualify(self):
        missing = {
            name: self._create_request(**{name: False}, company_id=self.company.id)
            for name in ("need", "fsm_location_id", "request_early", "request_late")
        }
        lost = self._create_request(need=False)
        lost.action_set_lost()
        plain = self.env["crm.lead"].create({"name": "A deal", "type": "opportunity"})
        return missing, {"complete": self._create_request(), "lost": lost, "no service": plain}

    def _assess(self, lead, start, **vals):
        return self.env["calendar.event"].create(
            {
                "name": "Assessment",
                "opportunity_id": lead.id,
                "appointment_kind": "assessment",
                "start": start,
                "stop": start + HOUR,
                **vals,
            }
        )

    def _make_assessments_today(self):
        lead = self._create_request(company_id=self.company.id)
        # The local day is from 05:00 UTC to 05:00 UTC of the next one.
        first = self._assess(lead, datetime(2026, 11, 3, 5))
        last = self._assess(lead, datetime(2026, 11, 4, 4))
        plain = self.env["calendar.event"].create(
            {"name": "Meeting", "start": NOW, "stop": NOW + HOUR}
        )
        return (
            {"first hour": first, "last hour": last},
            {
                "yesterday": self._assess(lead, datetime(2026, 11, 3, 4)),
                "tomorrow": self._assess(lead, datetime(2026, 11, 4, 5)),
                "cancelled": self._assess(lead, NOW, appointment_state="cancelled"),
                "a visit": self._assess(lead, NOW, appointment_kind="visit"),
                "a meeting": plain,
            },
        )

    # Quotes

    def _make_quotes_to_send(self):
        lost, sold = self._create_quote(), self._create_quote()
        lost._action_cancel()
        sold.action_confirm()
        plain = self.env["sale.order"].create({"partner_id": self.client_partner.id})
        return (
            {"draft": self._create_quote()},
            {
                "sent": self._create_quote(state="sent"),
                "lost": lost,
                "sold": sold,
                "no service": plain,
            },
        )

    def _make_quotes_to_chase(self):
        old = {"state": "sent", "date_order": NOW - 5 * DAY, "validity_date": TODAY + 20 * DAY}
        sold = self._create_quote(**old)
        sold.action_confirm()
        return (
            {"old": self._create_quote(**old)},
            {
                "new": self._create_quote(**{**old, "date_order": NOW - DAY}),
                "expired": self._create_quote(**{**old, "validity_date": TODAY - DAY}),
                "draft": self._create_quote(**{**old, "state": "draft"}),
                "sold": sold,
            },
        )

    def _make_quotes_expiring(self):
        sold = self._create_quote(validity_date=TODAY + DAY)
        sold.action_confirm()
        return (
            {
                "today": self._create_quote(validity_date=TODAY),
                "within a week, sent": self._create_quote(
                    validity_date=TODAY + 7 * DAY, state="sent"
                ),
            },
            {
                "later": self._create_quote(validity_date=TODAY + 8 * DAY),
                "expired": self._create_quote(validity_date=TODAY - DAY),
                "sold": sold,
            },
        )

    def _make_quotes_expired(self):
        lost = self._create_quote(validity_date=TODAY - DAY)
        lost._action_cancel()
        return (
            {
                "yesterday": self._create_quote(validity_date=TODAY - DAY),
                "sent": self._create_quote(validity_date=TODAY - DAY, state="sent"),
            },
            {"today": self._create_quote(validity_date=TODAY), "lost": lost},
        )

    # Invoices

    def _bill(self, is_posted=True, **vals):
        file = self._create_request().service_file_id
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.client_partner.id,
                "service_file_id": file.id,
                "invoice_date": TODAY,
                "invoice_line_ids": [
                    Command.create({"name": "Work", "price_unit": 80.0, "tax_ids": False})
                ],
                **vals,
            }
        )
        if is_posted:
            move.action_post()
        return move

    def _make_invoices_draft(self):
        cancelled = self._bill(is_posted=False)
        cancelled.button_cancel()
        return (
            {"draft": self._bill(is_posted=False)},
            {
                "posted": self._bill(),
                "cancelled": cancelled,
                "a credit note": self._bill(is_posted=False, move_type="out_refund"),
                "no service": self._bill(is_posted=False, service_file_id=False),
            },
        )

    def _pay(self, moves, **vals):
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=moves.ids)
            .create(vals)
        )
        return wizard._create_payments()

    def _make_invoices_overdue(self):
        late = {"invoice_date": TODAY - 40 * DAY, "invoice_date_due": TODAY - DAY}
        paid, partial = self._bill(**late), self._bill(**late)
        self._pay(paid)
        self._pay(partial, amount=30.0)
        return (
            {"late": self._bill(**late), "paid in part": partial},
            {
                "due today": self._bill(**{**late, "invoice_date_due": TODAY}),
                "paid": paid,
                "draft": self._bill(is_posted=False, **late),
                "no service": self._bill(**late, service_file_id=False),
            },
        )

    def _make_payments_to_match(self):
        def pay(**vals):
            payment = self.env["account.payment"].create(
                {
                    "partner_type": "customer",
                    "payment_type": "inbound",
                    "partner_id": self.client_partner.id,
                    "amount": 50.0,
                    **vals,
                }
            )
            payment.action_post()
            return payment

        draft = pay()
        draft.action_draft()
        cancelled = pay()
        cancelled.action_draft()
        cancelled.action_cancel()
        return (
            {"of no invoice": pay()},
            {
                "of its invoice": self._pay(self._bill()),
                "draft": draft,
                "cancelled": cancelled,
                "to a vendor": pay(partner_type="supplier", payment_type="outbound"),
                "given back": pay(payment_type="outbound"),
            },
        )

    # Figures

    def _make_sold_this_month(self):
        def sell(moment):
            order = self._create_quote()
            order.action_confirm()
            order.date_order = moment
            return order

        # The local month begins at 04:00 UTC: 1 November has both times, its midnight the first.
        return (
            {"first minute": sell(datetime(2026, 11, 1, 4)), "today": sell(NOW)},
            {
                "month before": sell(datetime(2026, 11, 1, 3, 59)),
                "quote": self._create_quote(date_order=NOW),
            },
        )

    def _make_invoiced_this_month(self):
        return (
            {
                "first day": self._bill(invoice_date=date(2026, 11, 1)),
                "credit note": self._bill(move_type="out_refund"),
            },
            {
                "month before": self._bill(invoice_date=date(2026, 10, 31)),
                "draft": self._bill(is_posted=False),
                "no service": self._bill(service_file_id=False),
            },
        )

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

    def test_the_hour_of_the_clock_is_the_users(self):
        """What is of today is of the user's day, wherever the server stands."""
        self.users["dispatcher"].tz = "Pacific/Auckland"
        lead = self._create_request(company_id=self.company.id)
        event = self._assess(lead, NOW)
        moved = self._assess(lead, NOW - 12 * HOUR)
        records, _count = self._open("dispatcher", "assessments_today")
        self.assertIn(event, records)
        self.assertNotIn(moved, records)
