from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import ConflictCommon

ACTIVITY = "sercom_jobs.mail_activity_type_time_off"


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

    def test_who_planned_gets_one_message_for_all_jobs_in_their_language(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        self.user_dispatcher.lang = "fr_CA"
        planner = self.env["sercom.assignment"].with_user(self.user_dispatcher)
        jobs = self.job | self._create_job()
        planner.create(
            [
                {
                    "fsm_order_id": job.id,
                    "employee_id": self.employee.id,
                    "date_start": self._at(hour),
                    "date_end": self._at(hour + 1),
                }
                for job, hour in zip(jobs, (9, 11), strict=True)
            ]
        )
        known = self.env["mail.message"].search([])
        leave = self._create_leave(self._at(8), self._at(12), self.employee)
        partner = self.user_dispatcher.partner_id
        told = self.env["mail.message"].search([("partner_ids", "in", partner.ids)]) - known
        self.assertEqual(len(told), 1, "one message")
        for job in jobs:
            self.assertIn(job.name, told.subject)
            self.assertIn(f"{job.name} tombe pendant un congé", told.body)
            self.assertIn("tombe pendant un congé", self._get_activities(job).note)
        leave.date_from = self._at(7)
        self.assertFalse(
            self.env["mail.message"].search([("partner_ids", "in", partner.ids)]) - known - told,
            "told once",
        )

    def test_queries_do_not_grow(self):
        days = iter(range(4, 10))

        def make(count):
            day = next(days)
            for number in range(count):
                start = self._at(8, day=day) + timedelta(minutes=20 * number)
                self._assign(self._create_job(), self.anne, start=start, hours=1 / 3)
            return {
                "name": "Off",
                "date_from": self._at(8, day=day),
                "date_to": self._at(12, day=day),
                "resource_id": self.anne.resource_id.id,
            }

        # One message for them all, to who planned them.
        self._assert_queries_each(0, make, self.env["resource.calendar.leaves"].create)
