from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .test_board_data import BoardCommon

ACTIVITY = "sercom_jobs.mail_activity_type_time_off"


@freeze_time("2026-11-01 12:00:00")
class ConflictCommon(BoardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Tuesday 3 November 2026; 14:00 UTC is 9:00 in Montréal.
        cls.far = cls._create_site(name="Far")
        cls.site.partner_id.write({"partner_latitude": 45.50, "partner_longitude": -73.60})
        cls.far.partner_id.write({"partner_latitude": 45.90, "partner_longitude": -73.60})

    def _at(self, hour, day=3, minute=0):
        """UTC of a wall-clock time in Montréal, in November 2026."""
        return datetime(2026, 11, day, minute=minute) + timedelta(hours=hour + 5)

    def _find(self, block):
        return {kind: (level, text) for kind, level, text in block._find_conflicts()[block]}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-01 12:00:00")
class TestSoftConflicts(ConflictCommon):
    def test_a_block_without_conflict(self):
        block = self._assign()
        self.assertEqual(self._find(block), {})
        self.assertFalse(block.has_warning)
        self.assertFalse(block.warning)
        self.assertFalse(block.conflict_text)

    def test_time_off_blocks_and_names_everything(self):
        self._create_leave(self._at(11), self._at(12), self.employee)
        with self.assertRaisesRegex(
            ValidationError,
            rf"{self.job.name} falls on time off: Time off \(Luc Gagnon, Nov 3, 11:00 – 12:00\)"
            ".*\n.*with a reason",
        ):
            self._assign(start=self._at(9), hours=3)
        self.assertTrue(self._assign(start=self._at(9), hours=2), "it ends when the leave starts")
        self.assertTrue(self._assign(self._create_job(), start=self._at(13)))

    def test_time_off_in_the_middle_and_of_half_a_day(self):
        leave_type = self.env["hr.leave.type"].create(
            {"name": "Half", "requires_allocation": False, "request_unit": "half_day"}
        )
        leave = (
            self.env["hr.leave"]
            .with_context(leave_fast_create=True)
            .create(
                {
                    "employee_id": self.employee.id,
                    "holiday_status_id": leave_type.id,
                    "request_date_from": "2026-11-03",
                    "request_date_to": "2026-11-03",
                    "request_date_from_period": "am",
                    "request_date_to_period": "am",
                }
            )
        )
        self.assertTrue(self._assign(start=self._at(10), hours=1), "it is only asked for")
        self.job.assignment_ids.unlink()
        leave._action_validate()
        with self.assertRaisesRegex(ValidationError, "falls on time off"):
            self._assign(start=self._at(10), hours=1)
        self.assertTrue(self._assign(start=self._at(13)))

    def test_a_public_holiday_is_named(self):
        self._create_leave(self._at(0), self._at(24) - timedelta(seconds=1), name="Jour férié")
        with self.assertRaisesRegex(ValidationError, "Jour férié"):
            self._assign()
        self.assertTrue(self._assign(start=self._at(9, day=4)))

    def test_an_override_passes_and_is_told(self):
        self._create_leave(self._at(9), self._at(12), self.employee)
        block = self._assign(conflict_override=True, override_reason="He called in")
        self.assertIn("falls on time off", block.warning)
        self.assertTrue(block.has_warning)
        self.assertIn("He called in", str(self.job.message_ids.mapped("body")))

    def test_levels_of_the_company(self):
        self._create_leave(self._at(9), self._at(12), self.employee)
        self.company.sercom_conflict_time_off = "warn"
        block = self._assign()
        self.assertIn("Luc Gagnon, Nov 3, 09:00 – 12:00", block.warning)
        self.company.sercom_conflict_time_off = "ignore"
        block.date_start += timedelta(hours=1)
        self.assertFalse(block.has_warning)
        self.company.sercom_conflict_hours = "block"
        with self.assertRaisesRegex(ValidationError, "does not work at that time"):
            block.date_start = self._at(20)

    def test_outside_working_hours(self):
        for hour, hours, outside in (
            (7, 2, "07:00 – 08:00"),
            (16, 2, "17:00 – 18:00"),
            (12, 1, "12:00 – 13:00"),
            (20, 1, "20:00 – 21:00"),
        ):
            block = self._assign(start=self._at(hour), hours=hours)
            self.assertIn(f"Luc Gagnon does not work at that time: Nov 3, {outside}", block.warning)
            block.unlink()
        self.assertFalse(self._assign(start=self._at(8), hours=9).has_warning, "with the pause")

    def test_nights_between_days_of_one_block_are_no_work(self):
        block = self._assign(start=self._at(8), hours=33)  # to 17:00 the next day
        self.assertFalse(block.has_warning)
        weekend = self._assign(
            self._create_job(), start=self._at(8, day=6), hours=9 + 3 * 24
        )  # to Monday
        self.assertIn("does not work", weekend.warning)

    def test_a_clock_change_inside_the_block(self):
        # Saturday 22:00 to Sunday 6:00: nine hours, none of them working ones.
        block = self._assign(start=datetime(2026, 11, 1, 2), hours=9)
        self.assertIn("Oct 31, 22:00 – Nov 1, 06:00", block.warning)

    def test_over_capacity(self):
        self.assertFalse(self._assign(start=self._at(8), hours=4).has_warning)
        self.assertFalse(self._assign(start=self._at(13), hours=4).has_warning)
        block = self._assign(start=self._at(17), hours=1.5)
        self.assertIn("Luc Gagnon has 9.5 h planned on Nov 3, of 8 h.", block.warning)

    def test_planned_hours_count(self):
        self._assign(start=self._at(8), hours=4, planned_hours=1.0)
        self._assign(start=self._at(13), hours=4)
        self.company.sercom_conflict_hours = "ignore"
        self.assertFalse(self._assign(start=self._at(17), hours=3).has_warning)

    def test_more_hours_and_another_place_are_looked_at_again(self):
        self._assign(start=self._at(8), hours=4)
        block = self._assign(self._create_job(), start=self._at(13), hours=4)
        self.assertFalse(block.has_warning)
        block.planned_hours = 6.0
        self.assertIn("Luc Gagnon has 10 h planned", block.warning)
        block.planned_hours = 4.0
        self.assertFalse(block.has_warning)
        near = self._assign(self._create_job(), self.anne, start=self._at(8))
        after = self._assign(self._create_job(), self.anne, start=self._at(10))
        after.fsm_location_id = self.far
        self.assertIn("Anne Roy has 0 min between", after.warning)
        after.fsm_location_id = self.site
        self.assertFalse(after.has_warning)
        after.fsm_order_id.location_id = self.far
        self.assertIn(near.fsm_order_id.name, after.warning)
        self.company.sercom_conflict_capacity = "block"
        with self.assertRaisesRegex(ValidationError, "10 h planned"):
            block.planned_hours = 6.0

    def test_a_reopened_job_keeps_its_plan_in_spite_of_a_leave(self):
        block = self._assign()
        self.job.action_cancel()
        self._create_leave(self._at(8), self._at(12), self.employee)
        self.job.action_reopen()
        self.assertIn(block.state, ("draft", "confirmed"))
        self.assertIn("falls on time off", block.warning)

    def test_a_block_is_refused_whatever_the_caller_says(self):
        self._create_leave(self._at(8), self._at(12), self.employee)
        Assignment = self.env["sercom.assignment"].with_user(self.user_dispatcher)
        with self.assertRaisesRegex(ValidationError, "falls on time off"):
            Assignment.with_context(keep_plan=True).create(
                {
                    "fsm_order_id": self.job.id,
                    "employee_id": self.employee.id,
                    "date_start": self._at(9),
                }
            )

    def test_somebody_without_hours(self):
        self.employee.resource_calendar_id = False
        block = self._assign()
        self.assertIn("Luc Gagnon has no working hours.", block.warning)
        self.assertEqual([*self._find(block)], ["hours"])

    def test_flexible_hours_have_no_closed_time(self):
        self.employee.resource_calendar_id = self.env["resource.calendar"].create(
            {
                "name": "Flexible",
                "tz": "America/Toronto",
                "schedule_type": "flexible",
                "hours_per_day": 6.0,
                "hours_per_week": 30.0,
            }
        )
        self.assertFalse(self._assign(start=self._at(20), hours=3).has_warning)
        block = self._assign(start=self._at(6), hours=4)
        self.assertIn("has 7 h planned on Nov 3, of 6 h", block.warning)

    def test_missing_and_expired_skills(self):
        gas = self._create_skill()
        self.job.skill_ids = gas
        block = self._assign()
        self.assertIn(f"Luc Gagnon lacks for {self.job.name}: Gas.", block.warning)
        skill = self._give_skill(self.employee, gas, valid_from="2026-01-01")
        block.date_start += timedelta(hours=1)
        self.assertFalse(block.has_warning)
        skill.valid_to = "2026-11-02"
        block.date_start += timedelta(hours=1)
        self.assertIn("Gas", block.warning)

    def test_travel_too_short(self):
        self._assign(start=self._at(8), hours=2)
        far = self._create_job(location_id=self.far.id)
        block = self._assign(far, start=self._at(10), hours=2)
        self.assertRegex(
            block.warning,
            rf"Luc Gagnon has 0 min between {far.name} and {self.job.name} "
            r"\(Nov 3, 08:00 – 10:00\), and needs \d+ min for 57.8 km",
        )
        block.date_start = self._at(13)
        self.assertFalse(block.has_warning)
        same_site = self._assign(self._create_job(), start=self._at(10), hours=1)
        self.assertFalse(same_site.has_warning)

    def test_another_appointment(self):
        self.env["calendar.event"].create(
            {
                "name": "Assessment",
                "start": self._at(9),
                "stop": self._at(10),
                "partner_ids": [Command.set(self.user_technician.partner_id.ids)],
                "opportunity_id": self._create_request().id,
                "fsm_location_id": self.site.id,
            }
        )
        block = self._assign()
        self.assertIn(
            "Luc Gagnon has another appointment: Assessment, Nov 3, 09:00 – 10:00.", block.warning
        )
        block.action_confirm()
        self.assertEqual([*self._find(block)], ["appointment"], "its own event is none")

    def test_the_block_next_to_one_that_leaves_is_right_again(self):
        first = self._assign(start=self._at(8), hours=2)
        second = self._assign(
            self._create_job(location_id=self.far.id), start=self._at(10), hours=1
        )
        self.assertTrue(second.has_warning)
        first.date_start = self._at(8, day=4)
        self.assertFalse(second.has_warning)
        first.date_start = self._at(8)
        second.date_start = self._at(10, minute=15)
        self.assertTrue(second.has_warning)
        first.unlink()
        self.assertFalse(second.has_warning)

    def test_a_cancelled_block_has_no_conflict(self):
        block = self._assign(start=self._at(20))
        self.assertTrue(block.has_warning)
        block.action_cancel()
        self.assertFalse(block.has_warning)

    def test_warned_before_saving(self):
        user_form = Form(self.env["sercom.assignment"].with_user(self.user_dispatcher))
        user_form.fsm_order_id = self.job
        user_form.employee_id = self.employee.with_user(self.user_dispatcher)
        user_form.date_start = self._at(20)
        self.assertIn("does not work at that time", user_form.conflict_text)
        self.assertFalse(user_form.is_conflict_blocking)
        user_form.date_start = self._at(9)
        self.assertFalse(user_form.conflict_text)

    def test_dispatchers_plan_without_access_to_employees(self):
        self._create_leave(self._at(13), self._at(17), self.employee)
        Assignment = self.env["sercom.assignment"].with_user(self.user_dispatcher)
        vals = {"fsm_order_id": self.job.id, "employee_id": self.employee.id}
        with self.assertRaises(ValidationError) as error:
            Assignment.create({**vals, "date_start": self._at(13), "date_end": self._at(14)})
        self.assertNotIn("Flu", str(error.exception))
        block = Assignment.create({**vals, "date_start": self._at(20), "date_end": self._at(21)})
        self.assertTrue(block.has_warning)
        with self.assertRaises(AccessError):
            block.with_user(self.user_technician).read(["warning"])

    def test_worker_without_employee_and_public_holiday(self):
        self._create_leave(self._at(0), self._at(24), name="Jour férié", calendar_id=False)
        worker = self.env["fsm.person"].create({"name": "Sub"})
        with self.assertRaisesRegex(ValidationError, "Jour férié"):
            self._create_job(person_id=worker.id, scheduled_date_start=self._at(9))


@tagged("post_install", "-at_install")
@freeze_time("2026-11-01 12:00:00")
class TestOverlaps(ConflictCommon):
    def test_both_blocks_show_it(self):
        first = self._assign()
        second = self._assign(
            self._create_job(),
            start=self.start + timedelta(hours=1),
            conflict_override=True,
            override_reason="Two small jobs in one street",
        )
        self.assertEqual((first.overlap_ids, second.overlap_ids), (second, first))
        self.assertIn("Two small jobs", first.overlap_text)
        self.assertIn(self.job.name, second.overlap_text)
        self.assertIn("Two small jobs", str(second.fsm_order_id.message_ids.mapped("body")))
        found = self.env["sercom.assignment"].search([("is_overlapping", "=", True)])
        self.assertLessEqual(first | second, found)
        third = self._assign(self._create_job(), start=self.start + timedelta(days=1))
        self.assertNotIn(third, found)
        self.assertIn(third, self.env["sercom.assignment"].search([("is_overlapping", "=", False)]))
        second.date_start += timedelta(days=2)
        self.env.invalidate_all()
        self.assertFalse(first.overlap_ids | second.overlap_ids)

    def test_a_company_that_allows_none(self):
        self.company.sercom_allow_overlap = False
        self._assign()
        with self.assertRaisesRegex(ValidationError, "allows no overlaps"):
            self._assign(self._create_job(), conflict_override=True, override_reason="Why not")
        with self.assertRaisesRegex(ValidationError, "already planned") as refused:
            self._assign(self._create_job())
        self.assertNotIn("reason", str(refused.exception), "no way out that is closed")

    def test_queries_do_not_grow(self):
        def make(days):
            return [
                {
                    "fsm_order_id": self.job.id,
                    "employee_id": self.anne.id,
                    "date_start": self._at(9, day=2) + timedelta(days=7 * day),
                    "date_end": self._at(11, day=2) + timedelta(days=7 * day),
                }
                for day in days
            ]

        blocks = self.env["sercom.assignment"].create(make(range(12)))
        few = self._get_queries(blocks[:2]._find_conflicts)
        many = self._get_queries(blocks._find_conflicts)
        self.assertEqual(few, many)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-01 12:00:00")
class TestLaterTimeOff(ConflictCommon):
    def _get_activities(self, job=None):
        activity_type = self.env.ref(ACTIVITY)
        return (job or self.job).activity_ids.filtered(
            lambda activity: activity.activity_type_id == activity_type
        )

    def test_a_leave_flags_the_block_and_tells_the_dispatcher(self):
        block = self._assign()
        other = self._assign(self._create_job(), start=self._at(9, day=4))
        leave = self._create_leave(self._at(8), self._at(12), self.employee)
        self.assertIn("falls on time off", block.warning)
        self.assertFalse(other.has_warning)
        self.assertEqual(len(self._get_activities()), 1)
        self.assertIn("Luc Gagnon", self._get_activities().note)
        self._create_leave(self._at(10), self._at(11), self.employee)
        self.assertEqual(len(self._get_activities()), 1, "told once")
        leave.unlink()
        self.assertTrue(block.has_warning, "the second leave is still there")
        self.env["resource.calendar.leaves"].search(
            [("resource_id", "=", self.employee.resource_id.id)]
        ).unlink()
        self.assertFalse(block.has_warning)
        self.assertFalse(self._get_activities())

    def test_a_leave_that_is_validated_and_refused(self):
        leave_type = self.env["hr.leave.type"].create({"name": "Off", "requires_allocation": False})
        leave = self.env["hr.leave"].create(
            {
                "employee_id": self.employee.id,
                "holiday_status_id": leave_type.id,
                "request_date_from": "2026-11-03",
                "request_date_to": "2026-11-03",
            }
        )
        block = self._assign()
        self.assertFalse(block.has_warning)
        leave._action_validate()
        self.assertTrue(block.has_warning)
        self.assertEqual(len(self._get_activities()), 1)
        leave.action_refuse()
        self.assertFalse(block.has_warning)
        self.assertFalse(self._get_activities())

    def test_a_leave_that_moves(self):
        block = self._assign()
        leave = self._create_leave(self._at(8, day=4), self._at(12, day=4), self.employee)
        self.assertFalse(block.has_warning)
        leave.write({"date_from": self._at(8), "date_to": self._at(12)})
        self.assertTrue(block.has_warning)
        leave.write({"date_from": self._at(8, day=5), "date_to": self._at(12, day=5)})
        self.assertFalse(block.has_warning)

    def test_a_public_holiday_of_one_schedule(self):
        self.anne.resource_calendar_id = self.calendar.copy({"name": "Other"})
        mine, hers = self._assign(), self._assign(employee=self.anne)
        self._create_leave(self._at(0), self._at(24), name="Day", calendar_id=self.calendar.id)
        self.assertTrue(mine.has_warning)
        self.assertFalse(hers.has_warning)

    def test_the_activity_goes_when_the_block_moves(self):
        block = self._assign()
        self._create_leave(self._at(8), self._at(12), self.employee)
        self.assertTrue(self._get_activities())
        block.date_start = self._at(9, day=4)
        self.assertFalse(self._get_activities())

    def test_whom_to_tell(self):
        self.env["sercom.assignment"].with_user(self.user_dispatcher).create(
            {
                "fsm_order_id": self.job.id,
                "employee_id": self.employee.id,
                "date_start": self._at(9),
                "date_end": self._at(10),
            }
        )
        self._create_leave(self._at(8), self._at(12), self.employee)
        self.assertEqual(self._get_activities().user_id, self.user_dispatcher)

    def test_queries_do_not_grow(self):
        def make(count, day):
            jobs = [self._create_job() for _number in range(count)]
            for number, job in enumerate(jobs):
                self._assign(job, self.anne, start=self._at(8 + number, day=day), hours=1)

        make(1, 4)
        make(4, 5)
        leaves = [
            {
                "name": "Off",
                "date_from": self._at(8, day=day),
                "date_to": self._at(12, day=day),
                "resource_id": self.anne.resource_id.id,
            }
            for day in (4, 5)
        ]
        Leave = self.env["resource.calendar.leaves"]
        one = self._get_queries(Leave.create, leaves[:1])
        four = self._get_queries(Leave.create, leaves[1:])
        # What grows is the activity of each job.
        self.assertLessEqual(four - one, 3 * 12)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-01 12:00:00")
class TestExplain(ConflictCommon):
    def _explain(self, start, end, employee=None, job=None, **kwargs):
        return self.scheduler.explain(
            (job or self.job).id, (employee or self.employee).id, start, end, **kwargs
        )

    def _kinds(self, *args, **kwargs):
        return [(row["kind"], row["level"]) for row in self._explain(*args, **kwargs)]

    def test_nothing_speaks_against_it(self):
        self.assertEqual(self._explain("2026-11-03 14:00:00", "2026-11-03 16:00:00"), [])

    def test_everything_at_once_the_worst_first(self):
        block = self._assign()
        self._create_leave(self._at(13), self._at(17), self.employee)
        kinds = self._kinds(self._at(10), self._at(20))
        self.assertEqual(
            kinds[:3], [("overlap", "block"), ("time_off", "block"), ("hours", "warn")]
        )
        own = self._kinds(self._at(10), self._at(12), assignment_id=block.id)
        self.assertEqual(own, [])

    def test_bad_input_is_said(self):
        closed = self._create_job()
        closed.action_cancel()
        gone = self.env["hr.employee"].create({"name": "Gone", "active": False})
        company = self.env["res.company"].create({"name": "Other"})
        abroad = self.env["hr.employee"].create({"name": "B", "company_id": company.id})
        start, end = self._at(9), self._at(10)
        for words, args, kwargs in (
            ("end before it starts", (end, start), {}),
            ("end before it starts", (start, start), {}),
            ("Choose a start", (False, end), {}),
            ("Choose a start", ("tomorrow", end), {}),
            ("longer than 31 days", (start, start + timedelta(days=365)), {}),
            ("Gone is archived", (start, end), {"employee": gone}),
            ("B works for Other", (start, end), {"employee": abroad}),
            ("is cancelled. Reopen it", (start, end), {"job": closed}),
        ):
            [row] = self._explain(*args, **kwargs)
            self.assertEqual((row["kind"], row["level"]), ("state", "block"))
            self.assertIn(words, row["text"])
        with self.assertRaises(UserError):
            self.scheduler.explain(0, self.employee.id, start, end)
        with self.assertRaises(UserError):
            self.scheduler.explain(self.job.id, 0, start, end)

    def test_somebody_without_user_is_fine(self):
        self.assertFalse(self.anne.user_id)
        self.assertEqual(self._explain(self._at(9), self._at(10), self.anne), [])

    def test_who_may_ask(self):
        self.job.person_id = self.worker
        scheduler = self.scheduler.with_user(self.user_technician)
        start, end = self._at(9), self._at(10)
        self.assertEqual(scheduler.explain(self.job.id, self.employee.id, start, end), [])
        with self.assertRaises(AccessError):
            scheduler.explain(self.job.id, self.anne.id, start, end)
        with self.assertRaises(AccessError):
            scheduler.explain(self._create_job().id, self.employee.id, start, end)
        with self.assertRaises(AccessError):
            self.scheduler.with_user(self.user_internal).explain(
                self.job.id, self.employee.id, start, end
            )
        company = self.env["res.company"].create({"name": "Other"})
        abroad = self.env["hr.employee"].create({"name": "B", "company_id": company.id})
        with self.assertRaises(UserError):
            self.scheduler.with_user(self.user_dispatcher).explain(
                self.job.id, abroad.id, start, end
            )
        self._create_leave(self._at(8), self._at(12), self.anne)
        rows = self.scheduler.with_user(self.user_dispatcher).explain(
            self.job.id, self.anne.id, start, end
        )
        self.assertEqual([row["kind"] for row in rows], ["time_off"])
        self.assertNotIn("Flu", str(rows))
