import json
from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from ...tools.planning.conflicts import Visit, pack_detail, unpack_detail
from .common import ConflictCommon


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

    def test_told_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        self.company.sercom_conflict_time_off = "warn"
        self._create_leave(self._at(9), self._at(12), self.employee)
        planner = self.env["sercom.assignment"].with_context(lang="fr_CA")
        block = planner.browse(self._assign().ids)
        block.date_start += timedelta(minutes=30)
        self.assertIn("tombe pendant un congé", block.warning)
        self.assertIn("Luc Gagnon, 3 nov.", block.warning)
        reader = block.with_context(lang="en_US")
        self.assertIn("falls on time off: Time off (Luc Gagnon, Nov 3", reader.warning)
        for lang, words in (("en_US", "falls on time off"), ("fr_CA", "tombe pendant un congé")):
            board = self.scheduler.with_context(lang=lang).get_board("2026-11-02", "2026-11-09")
            self.assertIn(words, board["blocks"][0]["warning"])

    def test_what_is_kept_says_what_was_found(self):
        visit = Visit(10, 20, 3, 1.5, (45.0, -73.0), "J1")
        for kind, detail in (
            ("appointment", visit),
            ("overlap", visit),
            ("time_off", (10, 20, None)),
            ("hours", [(10, 20), (30, 40)]),
            ("hours", []),
            ("capacity", (date(2026, 11, 3), 9.5, 8.0)),
            ("skill", {4, 2}),
            ("travel", (visit, 44.5, 3000.0, 600)),
        ):
            with self.subTest(kind):
                kept = json.loads(json.dumps(pack_detail(kind, detail)))
                self.assertEqual(kept, pack_detail(kind, detail), "compared with what is found")
                self.assertEqual(pack_detail(kind, unpack_detail(kind, kept)), kept)

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
