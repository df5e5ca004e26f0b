from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import RecurringJobsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-27 15:00:00")
class TestRecurringChanges(RecurringJobsCommon):
    def _get_starts(self, recurring):
        visits = recurring.fsm_order_ids.filtered(lambda job: job.state != "cancelled")
        return sorted(visits.mapped("scheduled_date_start"))

    def _open_change(self, visit, **vals):
        action = visit.action_change_visits()
        return self.env[action["res_model"]].with_context(**action["context"]).create(vals)

    # The recurring job changes

    def test_new_time_is_for_new_visits_until_it_is_applied(self):
        recurring = self._start_recurring()
        self.assertFalse(recurring.change_pending)
        recurring.start_hour = 13.0
        self.assertTrue(recurring.change_pending)
        self.assertEqual({start.hour for start in self._get_starts(recurring)}, {13})
        recurring._apply_to_visits(date(2026, 10, 27))
        self.assertFalse(recurring.change_pending)
        self.assertEqual({start.hour for start in self._get_starts(recurring)}, {18})
        self.assertEqual(len(recurring.fsm_order_ids), 4)

    def test_visits_changed_apart_begun_or_done_stay(self):
        recurring = self._start_recurring()
        moved, begun, done, plain = recurring.fsm_order_ids.sorted("recurrence_date")
        moved.scheduled_date_start += timedelta(hours=2)
        begun.action_start()
        done.action_complete()
        recurring.write({"start_hour": 9.0, "scheduled_duration": 4.0})
        kept, dropped = recurring._apply_to_visits(date(2026, 10, 27))
        self.assertEqual((kept, len(dropped)), (plain, 0))
        self.assertEqual((moved | begun | done).mapped("scheduled_duration"), [2.0, 2.0, 2.0])
        self.assertEqual(plain.scheduled_duration, 4.0)
        self.assertEqual(plain.scheduled_date_start, datetime(2026, 11, 24, 14))
        recurring._apply_to_visits(date(2026, 10, 27), include_changed=True)
        self.assertEqual(moved.scheduled_date_start, datetime(2026, 11, 3, 14))
        self.assertFalse(moved.is_recurrence_changed)
        self.assertEqual(begun.scheduled_duration, 2.0)

    def test_other_weekday_moves_the_visits_and_makes_none_twice(self):
        recurring = self._start_recurring(schedule_days=28)
        jobs = recurring.fsm_order_ids
        recurring.write({"tue": False, "thu": True})
        recurring._generate_orders()
        self.assertEqual(recurring.fsm_order_ids, jobs, "nothing is made before it is applied")
        recurring._apply_to_visits(date(2026, 10, 27))
        days = ["2026-11-05", "2026-11-12", "2026-11-19", "2026-11-26"]
        self.assertEqual(self._get_days(recurring), days)
        self.assertEqual(recurring.fsm_order_ids, jobs, "each took another's date")
        local = {start.weekday() for start in self._get_starts(recurring)}
        self.assertEqual(local, {3})
        recurring._generate_orders()
        self.assertEqual(self._get_days(recurring), days)

    def test_fewer_visits_cancel_those_left_over(self):
        recurring = self._start_recurring()
        recurring.repeat_interval = 2
        kept, dropped = recurring._apply_to_visits(date(2026, 10, 27))
        self.assertEqual(self._get_days(recurring), ["2026-11-03", "2026-11-17"])
        self.assertEqual((len(kept), dropped.mapped("state")), (2, ["cancelled"] * 2))

    def test_new_visits_only(self):
        recurring = self._start_recurring()
        recurring.write({"tue": False, "thu": True})
        recurring.action_keep_visits()
        self.assertFalse(recurring.change_pending)
        self.assertEqual(
            self._get_days(recurring),
            ["2026-11-03", "2026-11-10", "2026-11-17", "2026-11-24", "2026-11-26"],
        )

    def test_other_people_and_lines(self):
        recurring = self._start_recurring(person_id=self.worker.id)
        other = self.env["hr.employee"].create({"name": "Anne Roy"})
        mate = other._get_fsm_persons()[other]
        first = self._get_visit(recurring, "2026-11-03")
        self._create_line(first)
        recurring.write(
            {
                "person_id": mate.id,
                "line_ids": [
                    self._line(self.product_travel, 2.0, price_unit=50.0),
                    (1, recurring.line_ids.id, {"product_uom_qty": 3.0}),
                ],
            }
        )
        recurring._apply_to_visits(date(2026, 10, 27))
        visits = recurring.fsm_order_ids
        self.assertEqual(
            visits.assignment_ids.filtered(lambda block: block.state != "cancelled").employee_id,
            other,
        )
        self.assertEqual(
            {
                (line.product_id, line.product_uom_qty, line.price_unit)
                for line in visits.sale_line_ids
            },
            {
                (self.product_visit, 3.0, 120.0),
                (self.product_travel, 2.0, 50.0),
                (self.product_part, 1.0, 40.0),
            },
        )
        recurring.line_ids[0].unlink()
        recurring._apply_to_visits(date(2026, 10, 27))
        gone = visits.sale_line_ids.filtered(lambda line: line.product_id == self.product_visit)
        self.assertEqual(set(gone.mapped("product_uom_qty")), {0.0})
        self.assertEqual(self._get_hand_line(first).product_uom_qty, 1.0)

    def test_a_discount_that_ends_ends_on_the_visits_too(self):
        for price, total in ((100.0, 100.0), (0.0, 120.0)):
            with self.subTest(price):
                recurring = self._start_recurring(
                    line_ids=[self._line(self.product_visit, price_unit=price, discount=10.0)]
                )
                lines = recurring.fsm_order_ids.sale_line_ids
                self.assertEqual(set(lines.mapped("discount")), {10.0})
                recurring.line_ids.discount = 0.0
                recurring._apply_to_visits(date(2026, 10, 27))
                self.assertEqual(set(lines.mapped("price_subtotal")), {total})

    def _create_line(self, job):
        self.env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": self.product_part.id,
            }
        )

    def _get_hand_line(self, job):
        return job.sale_line_ids.filtered(lambda line: line.product_id == self.product_part)

    def test_conflict_of_a_new_time_is_told(self):
        recurring = self._start_recurring(person_id=self.worker.id)
        self._create_job(
            person_id=self.worker.id,
            scheduled_date_start=datetime(2026, 11, 10, 19),
            scheduled_duration=1.0,
        )
        recurring.start_hour = 13.0
        recurring._apply_to_visits(date(2026, 10, 27))
        visit = self._get_visit(recurring, "2026-11-10")
        self.assertFalse(visit.person_id)
        self.assertEqual(visit.scheduled_date_start, datetime(2026, 11, 10, 18))
        self.assertIn("Luc Gagnon", visit.activity_ids.note)
        self.assertEqual((recurring.fsm_order_ids - visit).person_id, self.worker)

    # One visit changes

    def test_this_visit_only(self):
        recurring = self._start_recurring()
        visit = self._get_visit(recurring, "2026-11-10")
        wizard = self._open_change(visit, date_start=datetime(2026, 11, 12, 15), duration=3.0)
        wizard.action_apply()
        self.assertEqual(visit.scheduled_date_start, datetime(2026, 11, 12, 15))
        self.assertEqual(visit.scheduled_date_end, datetime(2026, 11, 12, 18))
        self.assertTrue(visit.is_recurrence_changed)
        self.assertEqual(recurring.start_hour, 8.0)
        self.assertFalse(recurring.change_pending)

    def test_this_and_all_future_visits(self):
        recurring = self._start_recurring()
        visit = self._get_visit(recurring, "2026-11-10")
        wizard = self._open_change(
            visit,
            scope="future",
            date_start=datetime(2026, 11, 12, 15),  # Thursday, 10:00 on the site
            duration=3.0,
            person_ids=[self.worker.id],
        )
        wizard.action_apply()
        self.assertEqual(
            self._get_days(recurring), ["2026-11-03", "2026-11-12", "2026-11-19", "2026-11-26"]
        )
        first, *future = recurring.fsm_order_ids.sorted("recurrence_date")
        self.assertEqual(first.scheduled_date_start, datetime(2026, 11, 3, 13))
        self.assertFalse(first.person_id)
        for job in future:
            self.assertEqual(job.scheduled_date_start.time(), datetime(2026, 11, 12, 15).time())
            self.assertEqual(job.scheduled_duration, 3.0)
            self.assertEqual(job.person_id, self.worker)
        self.assertEqual(visit.recurrence_date, date(2026, 11, 12))
        self.assertEqual(recurring.start_hour, 10.0)
        self.assertTrue(recurring.thu)
        self.assertFalse(recurring.tue)

    def test_all_future_keeps_local_time_over_the_clock_change(self):
        recurring = self._start_recurring(date_first=date(2026, 10, 28), tue=False, wed=True)
        visit = self._get_visit(recurring, "2026-10-28")
        self._open_change(
            visit, scope="future", date_start=datetime(2026, 10, 28, 14), duration=2.0
        ).action_apply()  # 10:00 on the site, where clocks go back on 1 November
        self.assertEqual([start.hour for start in self._get_starts(recurring)][:2], [14, 15])

    def test_rule_that_cannot_follow_is_told(self):
        recurring = self._start_recurring(repeat_unit="day", tue=False, max_orders=3)
        visit = self._get_visit(recurring, "2026-11-04")
        wizard = self._open_change(
            visit, scope="future", date_start=datetime(2026, 11, 6, 13), duration=2.0
        )
        with self.assertRaisesRegex(UserError, "cannot follow its visit to 2026-11-06"):
            wizard.action_apply()

    def test_monthly_rules_follow(self):
        recurring = self._create_recurring(repeat_unit="month", month_day=31)
        recurring._move_rule(date(2026, 11, 30), date(2026, 11, 20))
        self.assertEqual(recurring.month_day, 20)
        recurring.month_by = "weekday"
        recurring._move_rule(date(2026, 11, 2), date(2026, 11, 11))
        self.assertEqual((recurring.week_position, recurring.position_weekday), ("2", "2"))
        with self.assertRaisesRegex(UserError, "cannot follow"):
            recurring._move_rule(date(2026, 11, 11), date(2026, 12, 2))

    def test_wizard_counts_and_starts_from_the_visit(self):
        recurring = self._start_recurring(person_id=self.worker.id)
        visits = recurring.fsm_order_ids.sorted("recurrence_date")
        visits[3].scheduled_duration = 5.0
        action = visits[1].action_change_visits()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.user_dispatcher)
            .with_context(**action["context"])
        )
        form.scope = "future"
        self.assertEqual(form.date_start, visits[1].scheduled_date_start)
        self.assertEqual((form.visit_count, form.changed_count), (2, 1))
        form.include_changed = True
        self.assertEqual(form.visit_count, 3)
        form.date_start += timedelta(hours=1)
        form.save().action_apply()
        self.assertEqual(visits.mapped("scheduled_duration"), [2.0] * 4)
        self.assertEqual(
            [start.hour for start in visits.mapped("scheduled_date_start")], [13, 14, 14, 14]
        )

    def test_apply_from_the_recurring_job(self):
        recurring = self._start_recurring()
        recurring.start_hour = 9.0
        action = recurring.action_apply_changes()
        wizard = self.env[action["res_model"]].with_context(**action["context"]).create({})
        self.assertEqual((wizard.visit_count, wizard.changed_count), (4, 0))
        wizard.action_apply()
        self.assertEqual({start.hour for start in self._get_starts(recurring)}, {14})

    # The end

    def test_end_cancels_later_visits(self):
        recurring = self._start_recurring()
        done = self._get_visit(recurring, "2026-11-24")
        done.action_complete()
        action = recurring.action_end()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.user_dispatcher)
            .with_context(**action["context"])
        )
        form.date_last = date(2026, 11, 10)
        self.assertEqual(form.visit_count, 1)
        form.reason = "Client moved"
        form.save().action_end()
        self.assertEqual(self._get_days(recurring), ["2026-11-03", "2026-11-10", "2026-11-24"])
        self.assertEqual(done.state, "done")
        cancelled = recurring.fsm_order_ids.filtered(lambda job: job.state == "cancelled")
        self.assertIn("Client moved", cancelled.message_ids[0].body)
        self.assertTrue(recurring.message_ids.filtered(lambda m: cancelled.name in (m.body or "")))
        recurring._generate_orders()
        self.assertEqual(len(recurring.fsm_order_ids), 4)
        recurring.date_last = False
        recurring._generate_orders()
        self.assertIn("2026-11-17", self._get_days(recurring), "the contract was prolonged")

    def test_end_typed_on_the_form_asks_before_cancelling(self):
        recurring = self._start_recurring()
        recurring.date_last = date(2026, 11, 10)
        self.assertEqual(recurring.late_visit_count, 2)
        self.assertEqual(len(self._get_days(recurring)), 4)
        recurring.action_cancel_late_visits()
        self.assertEqual(recurring.late_visit_count, 0)
        self.assertEqual(len(self._get_days(recurring)), 2)

    def test_end_in_the_past_closes(self):
        recurring = self._start_recurring()
        recurring._end(date(2026, 10, 26))
        self.assertEqual(recurring.state, "close")
        self.assertFalse(self._get_days(recurring))
        with self.assertRaisesRegex(UserError, "has ended"):
            recurring.action_start()
