from datetime import datetime

from odoo import Command, fields
from odoo.tests import tagged

from ..common import DAY, HOUR, KpiCommon


@tagged("post_install", "-at_install")
class TestFacts(KpiCommon):
    """Each figure against what a person reckons by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hourly = cls._create_hourly_job(hours=3.0)
        cls._assign(cls.hourly, start=cls.start + 4 * HOUR)

    def _sum(self, measure, **where):
        return round(self._add_up(measure, **where) or 0.0, 2)

    def test_capacity_less_time_off(self):
        self.assertEqual(self._sum("capacity_hours", employee_id=self.anne.id), 168.0)
        # Thursday 5 November, from noon on; and a holiday of all, Wednesday 11 November.
        self._leave(datetime(2026, 11, 5, 17), datetime(2026, 11, 6, 4, 59, 59), self.anne)
        self._leave(datetime(2026, 11, 11, 5), datetime(2026, 11, 12, 4, 59, 59))
        self.assertEqual(self._sum("capacity_hours", employee_id=self.anne.id), 156.0)
        self.assertEqual(self._sum("off_hours", employee_id=self.anne.id), 12.0)
        self.assertEqual(self._sum("capacity_hours", employee_id=self.employee.id), 160.0)

    def test_hours_worked_and_what_they_cost(self):
        self._work(self.hourly, 2)
        self._work(self.hourly, 3, employee=self.anne)
        self._clock(
            self.start + 5 * HOUR, self.start + 6 * HOUR, job=self.hourly, work_type="travel"
        )
        job = {"fsm_order_id": self.hourly.id}
        self.assertEqual(self._sum("worked_hours", **job), 5.0)
        self.assertEqual(self._sum("travel_hours", **job), 1.0)
        self.assertEqual(self._sum("planned_hours", **job), 3.0)
        self.assertEqual(self._sum("sold_hours", domain=[], **job), 3.0)
        self.assertEqual(self._sum("labour_cost", **job), 2 * 40 + 3 * 30 + 40)
        self.assertEqual(self._sum("unapproved_hours", **job), 0.0)
        self._work(self.hourly, 1, start=self.start + DAY, approve=False)
        self.assertEqual(self._sum("unapproved_hours", **job), 1.0)

    def test_raise_in_mid_month(self):
        self._work(self.hourly, 2)
        self.employee.hourly_cost = 50.0
        self._work(self.hourly, 2, start=self.start + DAY)
        self.assertEqual(self._sum("labour_cost", fsm_order_id=self.hourly.id), 2 * 40 + 2 * 50)

    def test_billed_and_credited(self):
        self._work(self.hourly, 2)
        self._complete(self.hourly)
        job = {"fsm_order_id": self.hourly.id, "domain": []}
        self.assertEqual(self._sum("open_hours", **job), 2.0)
        self.assertEqual(self._sum("amount_to_invoice", **job), 240.0)
        move = self._bill(self.hourly, post=True)
        self.assertEqual(self._sum("revenue", **job), 240.0)
        self.assertEqual(self._sum("billed_hours", **job), 2.0)
        self.assertEqual(self._sum("amount_to_invoice", **job), 0.0)
        self._credit(move, quantity=0.5)
        self.assertEqual(self._sum("revenue", **job), 180.0)
        self.assertEqual(self._sum("credited_amount", **job), 60.0)
        self.assertEqual(self._sum("billed_hours", **job), 1.5)
        self.assertEqual(self._sum("open_hours", **job), 0.5)
        self.assertEqual(self._sum("margin", **job), 180.0 - 80.0)

    def test_hours_of_a_fixed_price_are_not_to_bill(self):
        """Billed as sold, in full: what was worked on it waits for nothing."""
        self._work(self.hourly, 2)
        job = {"fsm_order_id": self.hourly.id, "domain": []}
        self.assertEqual(self._sum("billable_hours", **job), 2.0)
        self.hourly.billing_policy = "sold"
        for name in ("billable_hours", "open_hours"):
            self.assertEqual(self._sum(name, **job), 0.0)
        self.assertEqual(self._sum("worked_hours", **job), 2.0)
        self.hourly.billing_policy = False
        self.assertEqual(self._sum("open_hours", **job), 2.0)
        service = self.hourly.sale_line_ids.product_id.product_tmpl_id
        service.service_policy = "ordered_prepaid"
        self.assertEqual(self._sum("open_hours", **job), 0.0)

    def test_cancelled_job_keeps_its_cost(self):
        self._work(self.hourly, 2)
        job = {"fsm_order_id": self.hourly.id, "domain": []}
        self.assertEqual(self._sum("sold_hours", **job), 3.0)
        self.hourly.action_cancel()
        self.assertEqual(self.hourly.state, "cancelled")
        self.assertEqual(self._sum("labour_cost", **job), 80.0)
        self.assertEqual(self._sum("worked_hours", **job), 2.0)
        self.assertEqual(self._sum("sold_hours", **job), 0.0)
        self.assertEqual(self._sum("done_count", **job), 0)

    def test_foreign_currency_at_the_date_of_the_invoice(self):
        foreign = self.env.ref("base.EUR")
        if foreign == self.company.currency_id:
            foreign = self.env.ref("base.USD")
        foreign.active = True
        foreign.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": foreign.id,
                    "name": day,
                    "rate": rate,
                    "company_id": self.company.id,
                }
                for day, rate in (("2026-01-01", 0.5), ("2026-11-10", 0.8))
            ]
        )
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.client_partner.id,
                "service_file_id": self.hourly.service_file_id.id,
                "currency_id": foreign.id,
                "invoice_date": "2026-11-12",
                "invoice_line_ids": [
                    Command.create(
                        {"product_id": self.product_part.id, "price_unit": 80.0, "tax_ids": False}
                    )
                ],
            }
        )
        move.action_post()
        self.assertEqual(
            self._sum("revenue", service_file_id=self.hourly.service_file_id.id), 100.0
        )

    def test_revenue_is_what_is_on_the_books(self):
        """Also what is not field service, told apart."""
        self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.client_partner.id,
                "invoice_date": "2026-11-12",
                "invoice_line_ids": [
                    Command.create(
                        {"product_id": self.product_part.id, "price_unit": 70.0, "tax_ids": False}
                    )
                ],
            }
        ).action_post()
        self.assertEqual(self._sum("revenue", is_service=False), 70.0)

    def test_no_hours_and_no_capacity(self):
        self.assertFalse(self._add_up("utilisation:avg", domain=[("kind", "=", "revenue")]))
        self.assertFalse(self._add_up("realisation:avg", fsm_order_id=self.hourly.id))
        self.people.resource_calendar_id = False
        self.people.version_ids.resource_calendar_id = False
        self.assertEqual(self._sum("capacity_hours", employee_id=self.anne.id), 0.0)

    def test_somebody_who_left(self):
        self.anne.version_id.departure_date = "2026-11-10"
        self.anne.action_archive()
        # Two weeks but for four days: from Monday 2 to Tuesday 10 November.
        self.assertEqual(self._sum("capacity_hours", employee_id=self.anne.id), 7 * 8.0)

    def test_hours_on_a_day_of_the_person(self):
        """An evening in Montréal is the next day in UTC."""
        self._assign(self.hourly, self.anne, start=datetime(2026, 12, 1, 2))
        self.assertEqual(self._sum("planned_hours", employee_id=self.anne.id), 3.0)

    def test_job_done(self):
        self._work(self.hourly, 1)
        self._complete(self.hourly)
        where = {"fsm_order_id": self.hourly.id, "domain": []}
        self.assertEqual(self._sum("done_count", **where), 1)
        self.assertEqual(self._sum("first_fix_count", **where), 1)
        self.assertEqual(self._sum("callback_count", **where), 0)

    def test_job_with_a_return(self):
        self.hourly.date_start = self.start
        self._assign(self.hourly, start=self.start + DAY)
        self._work(self.hourly, 1, start=self.start + DAY)
        self._complete(self.hourly)
        where = {"fsm_order_id": self.hourly.id, "domain": []}
        self.assertEqual(self._sum("return_count", **where), 1)
        self.assertEqual(self._sum("first_fix_count", **where), 0)

    def test_quotes(self):
        quotes = self.env["sale.order"].union(*(self._create_quote() for _number in range(4)))
        quotes[0].action_confirm()
        quotes[1].action_cancel()
        quotes[2].action_cancel()
        where = {"domain": [("res_id", "in", quotes.ids)], "kind": "quote"}
        self.assertEqual(self._sum("quote_count", **where), 4)
        self.assertEqual(round(self._add_up("win_rate:avg", **where), 2), 33.33)
        self.assertEqual(self._sum("quote_amount", **where), sum(quotes.mapped("amount_untaxed")))

    def test_facts_are_written_down_before_they_are_read(self):
        """What is still in memory counts: the model says what it depends on."""
        entry = self._work(self.hourly, 2)
        entry.timesheet_ids.flush_recordset()
        self.hourly.location_id.display_name  # noqa: B018, fills the cache
        self.hourly.team_id = self.env["fsm.team"].create({"name": "North"})
        self.assertEqual(self._sum("worked_hours", team_id=self.hourly.team_id.id), 2.0)

    def test_each_fact_has_an_id_and_a_record(self):
        self._work(self.hourly, 2)
        facts = self.Report.search([*fields.Domain("fsm_order_id", "=", self.hourly.id)])
        self.assertEqual(len(facts), len(set(facts.ids)))
        for fact in facts:
            self.assertTrue(self.env[fact.res_model].browse(fact.res_id).exists())
        hours = facts.filtered(lambda fact: fact.kind == "hours")
        action = hours.action_open_record()
        self.assertEqual(action["res_model"], "account.analytic.line")
