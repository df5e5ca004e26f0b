from datetime import datetime, timedelta

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import SercomJobsCommon


class AssignmentCommon(SercomJobsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anne = cls.env["hr.employee"].create({"name": "Anne Roy", "tz": "America/Toronto"})
        cls.employee.tz = "America/Toronto"
        cls.job = cls._create_job()

    @classmethod
    def _assign(cls, job=None, employee=None, start=None, hours=2.0, **vals):
        start = start or cls.start
        return cls.env["sercom.assignment"].create(
            {
                "fsm_order_id": (job or cls.job).id,
                "employee_id": (employee or cls.employee).id,
                "date_start": start,
                "date_end": start + timedelta(hours=hours),
                **vals,
            }
        )


@tagged("post_install", "-at_install")
class TestAssignment(AssignmentCommon):
    def test_job_follows_its_assignments(self):
        first = self._assign(start=self.start + timedelta(days=1))
        second = self._assign(employee=self.anne, hours=3.0, is_leader=True)
        self.assertRecordValues(
            self.job,
            [
                {
                    "scheduled_date_start": second.date_start,
                    "scheduled_date_end": first.date_end,
                    "person_id": self.anne._get_fsm_persons()[self.anne].id,
                    "planned_hours": 5.0,
                    "assignment_count": 2,
                    "state": "to_plan",
                }
            ],
        )
        self.assertEqual(self.job.person_ids.employee_id, self.anne | self.employee)
        second.action_cancel()
        self.assertEqual(self.job.person_id, self.worker)
        self.assertEqual(self.job.person_ids, self.worker)
        self.assertEqual(self.job.planned_hours, 2.0)
        first.unlink()
        self.assertFalse(self.job.person_id | self.job.person_ids)
        self.assertFalse(self.job.scheduled_date_start)

    def test_half_open_blocks_touch_without_conflict(self):
        self._assign()
        after = self._assign(start=self.start + timedelta(hours=2))
        self.assertTrue(after)

    def test_blocks_are_whole_minutes_whoever_writes_them(self):
        second = timedelta(seconds=1)
        first = self._assign(start=self.start - second)
        self.assertEqual(first.date_start, self.start)
        self.assertEqual(first.date_end, self.start + timedelta(hours=2))
        # The second that was lost on the way made neighbours collide.
        after = self._assign(start=first.date_end - second, employee=self.employee)
        after.date_end -= second
        self.assertEqual(after.date_end, self.start + timedelta(hours=4))
        after.move_blocks({after.id: {"date_start": str(self.start + timedelta(hours=5) - second)}})
        self.assertEqual(after.date_start, self.start + timedelta(hours=5))
        self.assertEqual(after.planned_hours, 2.0)

    def test_an_older_block_becomes_whole_when_it_is_next_written(self):
        block = self._assign()
        second = timedelta(seconds=1)
        self.env.cr.execute(
            "UPDATE sercom_assignment SET date_start = %s, date_end = %s WHERE id = %s",
            (block.date_start - second, block.date_end - second, block.id),
        )
        block.invalidate_recordset()
        block.planned_hours = 1.5
        self.assertEqual(block.date_start, self.start)
        self.assertEqual(block.date_end, self.start + timedelta(hours=2))
        self.assertEqual(block.planned_hours, 1.5)

    def test_overlap_names_person_job_and_time(self):
        self._assign()
        other = self._create_job()
        with self.assertRaisesRegex(
            ValidationError,
            rf"Luc Gagnon, Nov 3, 09:00 – 11:00 \({self.job.name}\) is already planned.*"
            f"{other.name}",
        ):
            self._assign(other, start=self.start + timedelta(hours=1), hours=8)
        self.assertFalse(other.assignment_ids)
        self._assign(other, employee=self.anne)

    def test_two_new_blocks_of_one_batch_collide(self):
        vals = {"fsm_order_id": self.job.id, "employee_id": self.employee.id}
        with self.assertRaisesRegex(ValidationError, "Luc Gagnon.*already planned"):
            self.env["sercom.assignment"].create(
                [
                    {**vals, "date_start": self.start, "planned_hours": 2.0},
                    {**vals, "date_start": self.start + timedelta(hours=1)},
                ]
            )

    def test_cancelled_block_frees_its_time_and_is_checked_when_it_comes_back(self):
        block = self._assign()
        block.action_cancel()
        other = self._assign(self._create_job())
        with self.assertRaisesRegex(ValidationError, "already planned"):
            block.action_draft()
        other.unlink()
        block.action_draft()
        self.assertEqual(self.job.person_id, self.worker)

    def test_overlap_allowed_with_a_reason(self):
        self._assign()
        other = self._create_job()
        for reason in (False, "", "  "):
            with self.assertRaisesRegex(ValidationError, f"{other.name}: say why"):
                self._assign(other, conflict_override=True, override_reason=reason)
        block = self._assign(other, conflict_override=True, override_reason="Same building")
        self.assertEqual(other.person_id, self.worker)
        with self.assertRaisesRegex(ValidationError, "already planned"):
            block.conflict_override = False

    def test_moving_the_start_keeps_each_length(self):
        short, long = self._assign(hours=1.0), self._assign(employee=self.anne, hours=5.0)
        long.planned_hours = 4.0
        start = self.start + timedelta(days=2)
        (short | long).write({"date_start": start})
        self.assertEqual(short.date_end, start + timedelta(hours=1))
        self.assertEqual(long.date_end, start + timedelta(hours=5))
        self.assertEqual(long.planned_hours, 4.0, "hours typed by hand stay")
        long.date_end = start + timedelta(hours=4.5)
        self.assertEqual(long.planned_hours, 4.5)

    def test_blocks_take_each_others_place(self):
        first = self._assign()
        second = self._assign(self._create_job(), start=self.start + timedelta(hours=2))
        times = first.date_start, second.date_start
        self.env["sercom.assignment"].move_blocks(
            {first.id: {"date_start": times[1]}, str(second.id): {"date_start": times[0]}}
        )
        self.assertEqual((second.date_start, first.date_start), times)

    def test_whole_week_moves_by_a_day(self):
        days = [self._assign(start=self.start + timedelta(days=day), hours=24) for day in range(3)]
        blocks = self.env["sercom.assignment"].concat(*days)
        blocks.move_blocks(
            {block.id: {"date_start": block.date_start + timedelta(days=1)} for block in blocks}
        )
        self.assertEqual(blocks[0].date_start, self.start + timedelta(days=1))

    def test_bad_blocks_are_refused(self):
        with self.assertRaisesRegex(ValidationError, self.job.name):
            self._assign(hours=0.0)
        with self.assertRaisesRegex(ValidationError, self.job.name):
            self._assign(hours=-1.0)
        with self.assertRaisesRegex(ValidationError, "cannot be longer than 31 days"):
            self._assign(hours=24 * 366)
        self.anne.active = False
        with self.assertRaisesRegex(ValidationError, "Anne Roy is archived"):
            self._assign(employee=self.anne)
        self.job.action_complete()
        with self.assertRaisesRegex(ValidationError, f"{self.job.name} is done"):
            self._assign()
        self.assertFalse(self.job.assignment_ids)

    def test_a_start_that_is_taken_away(self):
        block = self._assign()
        with self.assertRaisesRegex(ValidationError, f"{self.job.name}: say when"):
            block.write({"date_start": False})
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            block.write({"planned_hours": -2.0})

    def test_an_end_mistyped_by_centuries(self):
        with Form(self._assign()) as form:
            form.date_end = datetime(9999, 12, 31)
            form.date_end = self.start + timedelta(hours=1)

    def test_person_of_another_company(self):
        company = self.env["res.company"].create({"name": "Boréale Ontario"})
        stranger = self.env["hr.employee"].create({"name": "Eve", "company_id": company.id})
        with self.assertRaises(UserError):
            self._assign(employee=stranger)

    def test_copy_keeps_the_local_hour_over_a_clock_change(self):
        block = self._assign(start=datetime(2026, 10, 30, 13))  # 9:00 in Montréal, summer time
        week = block.action_copy_next_week()
        self.assertEqual(week.date_start, datetime(2026, 11, 6, 14), "9:00, winter time")
        self.assertEqual(week.state, "draft")
        self.assertEqual(block.action_copy_next_day().date_start, datetime(2026, 10, 31, 13))
        with self.assertRaisesRegex(ValidationError, "already planned"):
            block.action_copy_next_week()

    def test_block_over_a_clock_change_counts_real_hours(self):
        night = self._assign(start=datetime(2026, 11, 1, 2), hours=9)  # 22:00 to 06:00
        self.assertEqual(night.planned_hours, 9.0)

    def test_long_block_leaves_out_the_lunch_and_the_night(self):
        self.env.company.resource_calendar_id.tz = "America/Toronto"
        self.employee.resource_calendar_id = self.env["resource.calendar"].create(
            {"name": "Days", "tz": "America/Toronto"}  # 8 to 12 and 13 to 17
        )
        day = self._assign(start=datetime(2026, 11, 3, 13), hours=9)
        self.assertEqual(day.planned_hours, 8.0)
        two_days = self._assign(start=datetime(2026, 11, 4, 13), hours=33)
        self.assertEqual(two_days.planned_hours, 16.0)
        two_days.date_end -= timedelta(hours=24)
        self.assertEqual(two_days.planned_hours, 8.0)
        evening = self._assign(start=datetime(2026, 11, 5, 23), hours=6)
        self.assertEqual(evening.planned_hours, 6.0, "an emergency outside hours is all work")
        form = Form(self.env["sercom.assignment"].with_context(default_fsm_order_id=self.job.id))
        form.employee_id = self.employee
        form.date_start = datetime(2026, 11, 10, 13)
        form.date_end = datetime(2026, 11, 10, 22)
        self.assertEqual(form.planned_hours, 8.0)
        self.assertEqual(form.save().planned_hours, 8.0)

    def test_person_without_user(self):
        self.assertFalse(self.anne.user_id)
        block = self._assign(employee=self.anne)
        block.action_confirm()
        self.assertEqual(block.calendar_event_id.partner_ids, self.anne.work_contact_id)

    def test_form_proposes_the_length_of_the_job(self):
        self.job.scheduled_duration = 3.0
        form = Form(self.env["sercom.assignment"].with_context(default_fsm_order_id=self.job.id))
        form.employee_id = self.employee
        form.date_start = self.start
        self.assertEqual(form.date_end, self.start + timedelta(hours=3))
        block = form.save()
        self.assertEqual(block.planned_hours, 3.0)
        self.assertEqual(block.fsm_location_id, self.site)

    def test_chatter_tells_who_was_planned(self):
        block = self._assign()
        block.date_start += timedelta(days=1)
        block.unlink()
        text = " ".join(self.job.message_ids.mapped("body"))
        for words in ("Planned: Luc Gagnon, Nov 3, 09:00", "Moved: ", "Taken off: Luc Gagnon"):
            self.assertIn(words, text)


@tagged("post_install", "-at_install")
class TestAssignmentAccess(AssignmentCommon):
    def test_dispatcher_plans_and_technician_reads_own(self):
        block = self._assign()
        dispatched = self.env["sercom.assignment"].with_user(self.user_dispatcher)
        dispatched.browse(block.id).action_confirm()
        own = block.with_user(self.user_technician)
        self.assertEqual(own.planned_hours, 2.0)
        with self.assertRaisesRegex(AccessError, "Only a dispatcher plans"):
            own.date_start += timedelta(hours=1)
        with self.assertRaisesRegex(AccessError, "Only a dispatcher plans"):
            own.unlink()
        other = self._assign(self._create_job(), employee=self.anne)
        with self.assertRaises(AccessError):
            other.with_user(self.user_technician).read(["note"])

    def test_second_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Boréale Ontario"})
        user = new_test_user(
            self.env,
            "dispatcher_ontario",
            groups="base.group_user,fieldservice.group_fsm_dispatcher",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        block = self._assign()
        self.assertFalse(self.env["sercom.assignment"].with_user(user).search([]))
        with self.assertRaises(AccessError):
            block.with_user(user).action_cancel()
