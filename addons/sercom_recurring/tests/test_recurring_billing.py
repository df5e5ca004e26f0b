from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RecurringJobsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-27 15:00:00")
class TestRecurringBilling(RecurringJobsCommon):
    def _get_visits(self, recurring):
        return recurring.fsm_order_ids.sorted("recurrence_date")

    def _bill(self, records):
        action = records.action_convert_to_invoice()
        if action.get("res_id"):
            return self.env["account.move"].browse(action["res_id"])
        return self.env["account.move"].search(action["domain"])

    # Each visit

    def test_each_visit_has_its_own_order_with_the_lines(self):
        recurring = self._start_recurring(
            line_ids=[
                self._line(self.product_visit),
                self._line(self.product_travel, 2.0, price_unit=50.0, discount=10.0),
            ]
        )
        visits = self._get_visits(recurring)
        self.assertEqual(len(visits.sale_id), 4)
        self.assertEqual(recurring.order_count, 4)
        for visit in visits:
            self.assertRecordValues(
                visit.sale_line_ids,
                [
                    {"product_id": self.product_visit.id, "price_unit": 120.0, "discount": 0.0},
                    {"product_id": self.product_travel.id, "price_unit": 50.0, "discount": 10.0},
                ],
            )
            self.assertEqual(visit.sale_id.state, "sale")
            self.assertEqual(visit.sale_id.fsm_order_ids, visit, "the order makes no second job")

    def test_visit_is_billed_when_done_and_once(self):
        visits = self._get_visits(self._start_recurring())
        with self.assertRaisesRegex(UserError, "not done"):
            visits[0].action_convert_to_invoice()
        visits[0].action_complete()
        move = self._bill(visits[0])
        self.assertEqual(move.amount_untaxed, 120.0)
        self.assertEqual(self._bill(visits[0]), move)
        self.assertEqual(move.invoice_line_ids.fsm_order_id, visits[0])

    def test_taxes_and_pricelist_are_odoos(self):
        tax = self.env["account.tax"].create({"name": "TPS", "amount": 5.0})
        self.product_visit.taxes_id = tax
        group = self.env.ref("product.group_product_pricelist")
        self.env.ref("base.group_user").implied_ids += group
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Contract clients",
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "1_product",
                            "product_tmpl_id": self.product_visit.product_tmpl_id.id,
                            "compute_price": "fixed",
                            "fixed_price": 99.0,
                        }
                    )
                ],
            }
        )
        self.client_partner.specific_property_product_pricelist = pricelist
        visits = self._get_visits(self._start_recurring())
        self.assertEqual(visits[0].sale_line_ids.price_unit, 99.0)
        self.assertEqual(visits[0].sale_line_ids.tax_ids, tax)

    def test_price_lists_take_nothing_off_an_agreed_price(self):
        for name in ("product.group_product_pricelist", "sale.group_discount_per_so_line"):
            self.env.ref("base.group_user").implied_ids += self.env.ref(name)
        self.client_partner.specific_property_product_pricelist = self.env[
            "product.pricelist"
        ].create(
            {
                "name": "Contract clients",
                "item_ids": [
                    Command.create({"compute_price": "percentage", "percent_price": 10.0})
                ],
            }
        )
        recurring = self._start_recurring(
            line_ids=[
                self._line(self.product_visit, price_unit=100.0),
                self._line(self.product_travel),
            ]
        )
        lines = self._get_visits(recurring)[0].sale_line_ids
        self.assertEqual(lines.mapped("discount"), [0.0, 10.0])
        self.assertEqual(lines[0].price_subtotal, 100.0)

    def test_cancelled_visit_is_not_billed(self):
        self.product_visit.invoice_policy = "order"
        visit = self._get_visits(self._start_recurring())[0]
        self.assertEqual(visit.sale_line_ids.qty_to_invoice, 1.0)
        visit.action_cancel()
        self.assertEqual(visit.sale_line_ids.qty_to_invoice, 0.0)
        self.assertEqual(visit.sale_id.amount_total, 0.0)
        visit.action_reopen()
        self.assertEqual(visit.sale_line_ids.qty_to_invoice, 1.0)
        self.assertEqual(visit.sale_id.amount_total, 120.0)

    # By period

    def test_visits_of_a_month_share_an_order(self):
        recurring = self._start_recurring(billing_mode="period", schedule_days=45)
        visits = self._get_visits(recurring)
        self.assertEqual([visit.recurrence_date.month for visit in visits], [11] * 4 + [12] * 2)
        november, december = visits[:4].sale_id, visits[4:].sale_id
        self.assertEqual((len(november), len(december)), (1, 1))
        self.assertEqual(
            (november | december).mapped("recurring_period"),
            [date(2026, 11, 1), date(2026, 12, 1)],
        )
        self.assertEqual((november | december).mapped("amount_total"), [480.0, 240.0])
        self.assertEqual(november.order_line.fsm_order_id, visits[:4])
        self.assertEqual(november.fsm_order_ids, visits[:4])
        self.assertEqual(november.service_file_id, recurring.service_file_id)
        self.assertEqual(recurring.order_count, 2)

    def test_each_visit_of_a_period_is_billed_once(self):
        recurring = self._start_recurring(billing_mode="period")
        visits = self._get_visits(recurring)
        order = visits.sale_id
        visits[:2].action_complete()
        visits[3].action_cancel()
        first = self._bill(order)
        self.assertEqual(first.invoice_line_ids.fsm_order_id, visits[:2])
        self.assertEqual(first.amount_untaxed, 240.0)
        self.assertIn("Visit of", first.invoice_line_ids[0].name)
        first.action_post()
        visits[2].action_complete()
        second = self._bill(visits[2])
        self.assertEqual(second.invoice_line_ids.fsm_order_id, visits[2])
        self.assertEqual(second.amount_untaxed, 120.0)
        second.action_post()
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertEqual(sum(order.invoice_ids.mapped("amount_untaxed")), 360.0)

    def test_cancelled_order_of_a_period_gives_way_to_a_new_one(self):
        recurring = self._start_recurring(billing_mode="period", billing_period="quarter")
        order = recurring.period_order_ids
        self.assertEqual(order.recurring_period, date(2026, 10, 1))
        order._action_cancel()
        self.assertFalse(self._get_days(recurring))
        with freeze_time("2026-11-05 15:00:00"):
            recurring._generate_orders()
        visit = self._get_visit(recurring, "2026-12-01")
        self.assertEqual(visit.sale_id, recurring.period_order_ids - order)

    def test_moved_visit_stays_on_the_order_of_its_period(self):
        recurring = self._start_recurring(billing_mode="period")
        last = self._get_visits(recurring)[3]
        order = last.sale_id
        last.scheduled_date_start = last.scheduled_date_start.replace(month=12, day=2)
        self.assertEqual(last.sale_id, order)

    # Fixed price

    def test_fixed_price_is_sold_once_by_period(self):
        recurring = self._start_recurring(billing_mode="fixed", schedule_days=45)
        visits = self._get_visits(recurring)
        november = visits[0].sale_id
        self.assertEqual(len(november.order_line), 1)
        self.assertFalse(visits.sale_line_ids)
        self.assertEqual(november.fsm_order_ids, visits[:4], "the price makes no visit")
        november._field_service_generation()
        self.assertEqual(november.fsm_order_ids, visits[:4])
        self.assertFalse(november.order_line.fsm_order_id)
        self.assertEqual(november.amount_total, 120.0)
        self.assertEqual(november.order_line.qty_to_invoice, 0.0)
        visits[0].action_complete()
        self.assertEqual(november.order_line.qty_to_invoice, 1.0)
        with self.assertRaisesRegex(UserError, f"Bill the order {november.name}"):
            visits[0].action_convert_to_invoice()
        move = self._bill(november)
        self.assertEqual(move.amount_untaxed, 120.0)
        self.assertIn("11/01/2026", move.invoice_line_ids.name)
        move.action_post()
        visits[1].action_complete()
        self.assertEqual(november.invoice_status, "invoiced")
        self.assertEqual(november.order_line.qty_to_invoice, 0.0)

    def test_visit_sold_before_the_fixed_price_covers_its_period(self):
        job = self._create_job(
            scheduled_date_start=datetime(2026, 11, 3, 13), scheduled_duration=2.0
        )
        job._update_order_line_info(self.product_visit.id, 1.0)
        recurring = self.env["fsm.recurring"].browse(job.action_make_recurring()["res_id"])
        recurring.write({"billing_mode": "fixed", "schedule_days": 45})
        recurring.action_start()
        self.assertEqual(
            recurring.period_order_ids.sorted("recurring_period").mapped("amount_total"),
            [0.0, 120.0],
            "November is sold by the job's own order",
        )

    def test_fixed_price_ordered_is_billed_in_advance(self):
        self.product_visit.invoice_policy = "order"
        recurring = self._start_recurring(billing_mode="fixed", billing_period="year")
        order = recurring.period_order_ids
        self.assertEqual(order.order_line.qty_to_invoice, 1.0)
        self.assertEqual(self._bill(order).amount_untaxed, 120.0)

    def test_new_fixed_price_is_for_periods_to_come(self):
        recurring = self._start_recurring(billing_mode="fixed", schedule_days=45)
        recurring.line_ids.price_unit = 200.0
        recurring._apply_to_visits(date(2026, 11, 15))
        self.assertEqual(
            recurring.period_order_ids.sorted("recurring_period").mapped("amount_total"),
            [120.0, 200.0],
        )
