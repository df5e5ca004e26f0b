from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import ClockCommon

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestClock(ClockCommon):
    def _punch(self, kind, now, job=None, user=None, **vals):
        """Punch as the technician; what arrives ``now`` may have happened at another ``moment``."""
        device = {
            name: vals.pop(name)
            for name in ("uuid", "sent", "latitude", "longitude")
            if name in vals
        }
        device["moment"] = str(vals.pop("moment", now))
        clock = self.env["hr.attendance"].with_user(user or self.user_technician)
        with freeze_time(now):
            return clock.punch(kind, job.id if job else None, punch=device, **vals).sudo()

    def _get_spans(self, employee=None):
        entries = self.env["hr.attendance"].search(
            [("employee_id", "=", (employee or self.employee).id)], order="check_in, id"
        )
        return [
            (entry.check_in, entry.check_out, entry.fsm_order_id, entry.work_type)
            for entry in entries
        ]

    def test_in_and_out_of_a_job(self):
        job = self.job.with_user(self.user_technician)
        with freeze_time(self.start):
            entry = job.action_clock_in()
        self.assertRecordValues(
            entry.sudo(),
            [
                {
                    "employee_id": self.employee.id,
                    "fsm_order_id": self.job.id,
                    "assignment_id": self.job.assignment_ids.id,
                    "check_in": self.start,
                    "check_out": False,
                    "work_type": "work",
                    "in_mode": "job",
                }
            ],
        )
        self.assertEqual(self.job.state, "in_progress")
        self.assertEqual(self.job.date_start, self.start)
        self.assertTrue(job.is_clocked_in)
        with freeze_time(self.start + 2 * HOUR):
            self.assertEqual(job.action_clock_out(), entry)
        self.assertEqual(entry.sudo().check_out, self.start + 2 * HOUR)
        self.assertEqual(entry.sudo().clock_hours, 2.0)
        self.assertEqual(entry.sudo().out_reason, "end")
        self.assertEqual(self.job.worked_hours, 2.0)

    def test_a_start_ends_what_was_going_on_at_the_same_instant(self):
        other = self._create_job(
            person_id=self.worker.id, scheduled_date_start=self.start + 5 * HOUR
        )
        self._punch("start", self.start, self.job, work_type="travel")
        self._punch("start", self.start + HOUR, self.job)
        self._punch("start", self.start + 3 * HOUR, other)
        self._punch("start", self.start + 4 * HOUR, work_type="other")
        self.assertEqual(
            self._get_spans(),
            [
                (self.start, self.start + HOUR, self.job, "travel"),
                (self.start + HOUR, self.start + 3 * HOUR, self.job, "work"),
                (self.start + 3 * HOUR, self.start + 4 * HOUR, other, "work"),
                (self.start + 4 * HOUR, False, self.env["fsm.order"], "other"),
            ],
        )
        # Travel does not start a job, work does.
        self.assertEqual(self.job.date_start, self.start + HOUR)

    def test_a_break_is_a_gap(self):
        self._punch("start", self.start, self.job)
        entry = self._punch("break", self.start + HOUR)
        self.assertEqual(entry.out_reason, "break")
        clock = self.env["hr.attendance"].with_user(self.user_technician)
        with freeze_time(self.start + 1.5 * HOUR):
            state = clock.get_clock_state()
        self.assertTrue(state["on_break"])
        self.assertEqual(state["job_id"], self.job.id)
        self.assertEqual(state["hours_today"], 1.0)
        self._punch("start", self.start + 1.5 * HOUR, self.job)
        with freeze_time(self.start + 2 * HOUR):
            state = clock.get_clock_state()
        self.assertFalse(state["on_break"])
        self.assertEqual((state["hours_today"], state["job_hours_today"]), (1.5, 1.5))

    def test_a_second_tap_changes_nothing(self):
        first = self._punch("start", self.start, self.job)
        self.assertEqual(self._punch("start", self.start + timedelta(seconds=2), self.job), first)
        end = self._punch("end", self.start + HOUR, self.job)
        self.assertEqual(
            self._punch("end", self.start + HOUR + timedelta(seconds=2), self.job), end
        )
        self.assertEqual(first, end)
        self.assertEqual(len(self._get_spans()), 1)
        self.assertEqual(first.check_out, self.start + HOUR)

    def test_a_punch_sent_twice_is_one(self):
        first = self._punch("start", self.start, self.job, uuid="a")
        self._punch("end", self.start + HOUR, self.job, uuid="b")
        again = self._punch("start", self.start + 2 * HOUR, self.job, uuid="a", moment=self.start)
        self.assertEqual(again, first)
        self._punch("end", self.start + 2 * HOUR, self.job, uuid="b", moment=self.start + HOUR)
        self.assertEqual(self._get_spans(), [(self.start, self.start + HOUR, self.job, "work")])

    def test_a_late_punch_goes_where_it_belongs(self):
        other = self._create_job(
            person_id=self.worker.id, scheduled_date_start=self.start + 5 * HOUR
        )
        self._punch("start", self.start, self.job)
        self._punch("end", self.start + 4 * HOUR, self.job)
        late = self._punch("start", self.start + 5 * HOUR, other, moment=self.start + 3 * HOUR)
        self.assertEqual(
            self._get_spans(),
            [
                (self.start, self.start + 3 * HOUR, self.job, "work"),
                (self.start + 3 * HOUR, self.start + 4 * HOUR, other, "work"),
            ],
        )
        self.assertEqual(late.in_delay, 120.0)
        self.assertEqual(self.job.worked_hours, 3.0)
        self.assertEqual(other.worked_hours, 1.0)

    def test_late_punches_that_pass_through_a_long_entry(self):
        # Until the end arrives, the late start seems to last until the next day.
        self._punch("start", self.start + 24 * HOUR, self.job)
        self._punch("end", self.start + 25 * HOUR, self.job)
        arrival = self.start + 26 * HOUR
        entry = self._punch("start", arrival, self.job, moment=self.start)
        self.assertEqual(entry.review_reason, "too_long")
        self._punch("end", arrival, self.job, moment=self.start + HOUR)
        self.assertFalse(entry.review_reason)
        self.assertEqual(self.job.worked_hours, 2.0)

    def test_the_phone_clock_is_corrected(self):
        # The phone is 10 minutes ahead and tells so when it sends.
        ahead = timedelta(minutes=10)
        entry = self._punch(
            "start", self.start, self.job, moment=self.start + ahead, sent=str(self.start + ahead)
        )
        self.assertEqual(entry.check_in, self.start)
        self.assertEqual(entry.in_delay, 0.0)

    def test_refused_punches_change_nothing(self):
        other = self._create_job()
        closed = self._create_job(
            person_id=self.worker.id, scheduled_date_start=self.start + 9 * HOUR
        )
        closed.with_user(self.user_dispatcher).action_cancel()
        cases = [
            ("one of your jobs", AccessError, {"job": other}),
            ("nobody clocks in", UserError, {"job": closed}),
            ("future", UserError, {"job": self.job, "moment": self.start + HOUR}),
            ("over a week", UserError, {"job": self.job, "moment": self.start - 200 * HOUR}),
            ("cannot be read", UserError, {"job": self.job, "moment": "soon"}),
            ("no kind of work", UserError, {"job": self.job, "work_type": "sleep"}),
        ]
        for message, error, vals in cases:
            with self.subTest(message), self.assertRaisesRegex(error, message):
                self._punch("start", self.start, **vals)
        with self.assertRaisesRegex(UserError, "not clocked in"):
            self._punch("end", self.start, self.job)
        with self.assertRaisesRegex(UserError, "no punch"):
            self._punch("stop", self.start, self.job)
        self.assertFalse(self._get_spans())

    def test_out_of_another_job_than_the_one_worked_on(self):
        other = self._create_job(
            person_id=self.worker.id, scheduled_date_start=self.start + 5 * HOUR
        )
        self._punch("start", self.start, self.job)
        with self.assertRaisesRegex(UserError, f"not clocked in on {other.name}, but on"):
            self._punch("end", self.start + HOUR, other)

    def test_nobody_clocks_in_while_off(self):
        leave_type = self.env["hr.leave.type"].create(
            {
                "name": "Holidays",
                "requires_allocation": False,
                "leave_validation_type": "no_validation",
            }
        )
        leave = self.env["hr.leave"].create(
            {
                "employee_id": self.employee.id,
                "holiday_status_id": leave_type.id,
                "request_date_from": "2026-11-05",
                "request_date_to": "2026-11-05",
            }
        )
        if leave.state != "validate":
            leave.action_approve()
        with self.assertRaisesRegex(UserError, "is off until"):
            self._punch("start", leave.date_from + HOUR, self.job)

    def test_user_without_employee(self):
        with self.assertRaisesRegex(UserError, "no employee file"):
            self._punch("start", self.start, self.job, user=self.user_dispatcher)

    def test_a_leader_clocks_the_crew(self):
        people = self.employee | self.anne
        with self.assertRaisesRegex(AccessError, "leader of the crew"):
            self._punch("start", self.start, self.job, employee_ids=people.ids)
        self._lead(self.employee, self.anne)
        entries = self._punch("start", self.start, self.job, employee_ids=people.ids, uuid="c")
        self.assertEqual(entries.employee_id, people)
        self.assertEqual(entries.assignment_id.employee_id, people)
        self.assertEqual(self.job.clock_open_count, 2)
        self._punch("end", self.start + 3 * HOUR, self.job, employee_ids=people.ids)
        # Two people for three hours are six.
        self.assertEqual(self.job.worked_hours, 6.0)
        stranger = self.env["hr.employee"].create({"name": "Paul"})
        with self.assertRaisesRegex(AccessError, "Paul"):
            self._punch("start", self.start + 4 * HOUR, self.job, employee_ids=stranger.ids)

    def test_the_office_clocks_people_who_are_no_users(self):
        entry = self._punch(
            "start", self.start, self.job, user=self.user_dispatcher, employee_ids=self.anne.ids
        )
        self.assertEqual(entry.employee_id, self.anne)

    def test_the_top_bar_is_the_same_clock(self):
        self._punch("start", self.start, self.job)
        with freeze_time(self.start + HOUR):
            self.employee.with_user(self.user_technician).sudo()._attendance_action_change()
        self.assertEqual(self.job.worked_hours, 1.0)
        with freeze_time(self.start + 2 * HOUR):
            self.employee.sudo()._attendance_action_change()
        self._punch("start", self.start + 3 * HOUR, self.job)
        loose = self.env["hr.attendance"].search(
            [("employee_id", "=", self.employee.id), ("fsm_order_id", "=", False)]
        )
        self.assertTrue(loose.is_job_missing)
        self.assertEqual(loose.clock_hours, 1.0)
        loose.fsm_order_id = self.job
        self.assertFalse(loose.is_job_missing)
        self.assertEqual(self.job.worked_hours, 2.0)

    def test_position_is_kept_only_where_the_company_locates(self):
        self.site.partner_id.write({"partner_latitude": 45.52, "partner_longitude": -73.58})
        place = {"latitude": 45.60, "longitude": -73.58}
        self.company.attendance_device_tracking = False
        entry = self._punch("start", self.start, self.job, **place)
        self.assertFalse(entry.in_latitude or entry.in_distance_km or entry.is_far)
        self.company.attendance_device_tracking = True
        entry = self._punch("end", self.start + HOUR, self.job, **place)
        self.assertAlmostEqual(entry.out_distance_km, 8.9, 1)
        self.assertTrue(entry.is_far)

    def test_several_punches_each_for_itself(self):
        clock = self.env["hr.attendance"].with_user(self.user_technician)
        hidden = self._create_job()
        punches = [
            {"kind": "start", "job_id": self.job.id, "uuid": "1", **self._at(self.start)},
            {"kind": "start", "job_id": hidden.id, "uuid": "2", **self._at(self.start + HOUR)},
            {"kind": "end", "uuid": "3", **self._at(self.start + 2 * HOUR)},
            {"kind": "end", "uuid": "3", **self._at(self.start + 2 * HOUR)},
        ]
        with freeze_time(self.start + 6 * HOUR):
            answers = clock.punch_all(punches)
        self.assertEqual(
            [answer["status"] for answer in answers], ["done", "refused", "done", "done"]
        )
        self.assertIn(hidden.name, answers[1]["message"])
        self.assertEqual(self._get_spans(), [(self.start, self.start + 2 * HOUR, self.job, "work")])

    def test_technicians_only_read_their_own_entries(self):
        own = self._clock(self.start, self.start + HOUR)
        other = self._clock(self.start, self.start + HOUR, employee=self.anne)
        Entry = self.env["hr.attendance"].with_user(self.user_technician)
        self.assertEqual(Entry.search([]), own.with_user(self.user_technician))
        self.assertFalse(other.with_user(self.user_technician).has_access("read"))
        for method, args in [("write", [{"check_out": self.start}]), ("unlink", [])]:
            with self.assertRaises(AccessError):
                getattr(own.with_user(self.user_technician), method)(*args)
        with self.assertRaises(AccessError):
            Entry.create({"employee_id": self.employee.id, "check_in": self.start})

    def test_the_database_refuses_an_overlap(self):
        self._clock(self.start, self.start + 2 * HOUR)
        words = "Luc Gagnon already has a clock entry from 11/03/2026 09:00:00 AM to 11/03/2026 11:"
        with self.assertRaisesRegex(ValidationError, words), self.env.cr.savepoint():
            self._clock(self.start + HOUR, self.start + 3 * HOUR)
        self._clock(self.start + 2 * HOUR, self.start + 3 * HOUR)
        with self.assertRaisesRegex(ValidationError, "earlier"):
            self._clock(self.start + 5 * HOUR, self.start + 4 * HOUR)

    def test_completed_job_ends_with_its_last_work(self):
        self._punch("start", self.start, self.job)
        self._punch("end", self.start + 2 * HOUR, self.job)
        with freeze_time(self.start + 8 * HOUR):
            self.job.action_complete()
        self.assertEqual(self.job.date_end, self.start + 2 * HOUR)
        self.assertEqual(self.job.date_start, self.start)

    def test_actual_against_planned(self):
        block = self.job.assignment_ids
        late = timedelta(minutes=30)
        self._punch("start", self.start, self.job, work_type="travel")
        self._punch("start", self.start + late, self.job)
        self._punch("end", self.start + 4 * HOUR, self.job)
        self.assertEqual((block.arrival_delay, block.worked_hours), (0.5, 3.5))
        self.assertRecordValues(
            self.job,
            [
                {
                    "arrival_delay": 0.5,
                    "planned_hours": 3.0,
                    "sold_hours": 3.0,
                    "worked_hours": 3.5,
                    "travel_hours": 0.5,
                    "remaining_hours": -0.5,
                    "is_over_sold": True,
                }
            ],
        )
        totals = {
            "sold_hours": 3.0,
            "planned_hours": 3.0,
            "worked_hours": 3.5,
            "remaining_hours": -0.5,
            "arrival_delay": 0.5,
        }
        self.assertRecordValues(self.job.sale_id, [totals])
        self.assertRecordValues(self.job.service_file_id, [totals])

    def test_punch_queries_do_not_depend_on_the_past(self):
        for week in range(12):
            day = self.start - timedelta(days=7 * (week + 1))
            self._clock(day, day + HOUR)
        moment = datetime(2026, 11, 10, 14)
        self._punch("start", moment - HOUR, self.job)
        # Also warms the caches of what is written in the chatter.
        self._get_queries(lambda: self._punch("end", moment, self.job))
        self._punch("start", moment, self.job)
        few = self._get_queries(lambda: self._punch("end", moment + HOUR, self.job))
        for week in range(12, 60):
            day = self.start - timedelta(days=7 * (week + 1))
            self._clock(day, day + HOUR)
        moment += timedelta(days=7)
        self._punch("start", moment - HOUR, self.job)
        self._punch("end", moment, self.job)
        self._punch("start", moment, self.job)
        self.assertEqual(
            self._get_queries(lambda: self._punch("end", moment + HOUR, self.job)), few
        )
