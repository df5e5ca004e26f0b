from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import ConflictCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 13:07:00")  # Tuesday 8:07 in Montréal
class TestScheduler(ConflictCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Nobody but the two of them.
        others = cls.env["fsm.person"].search([("employee_id", "not in", cls.people.ids)])
        others.active = False
        cls.job.write(
            {
                "request_early": "2026-11-03 05:00:00",
                "request_late": "2026-11-06 22:00:00",
                "scheduled_duration": 2.0,
            }
        )

    def _slots(self, job=None, user=None, **kwargs):
        Scheduler = self.scheduler.with_user(user) if user else self.scheduler
        return Scheduler.find_slots((job or self.job).id, **kwargs)

    def test_the_first_free_time(self):
        self._assign(self._create_job(location_id=self.far.id), start=self._at(8), hours=3)
        slot = self._slots()[0]
        self.assertEqual(slot["employee_ids"], self.anne.ids)
        self.assertEqual(slot["employees"], ["Anne Roy"])
        self.assertEqual(slot["date_start"], "2026-11-03 13:15:00")
        self.assertEqual(slot["date_end"], "2026-11-03 15:15:00")
        self.assertEqual(slot["blocks"], [[slot["date_start"], slot["date_end"]]])
        self.assertIn("Within the client's window", slot["reasons"])
        self.assertFalse(slot["warnings"])

    def test_no_window_is_told_where_none_was_wished(self):
        slot = self._slots(self._create_job(scheduled_duration=2.0))[0]
        self.assertNotIn("Within the client's window", slot["reasons"])

    def test_every_slot_can_be_booked_without_a_warning(self):
        self._assign(self._create_job(), start=self._at(8), hours=3)
        self._create_leave(self._at(8, day=4), self._at(12, day=4), self.employee)
        self._create_leave(self._at(0, day=5), self._at(24, day=5), name="Day")
        slots = self._slots(limit=20)
        self.assertGreater(len(slots), 5)
        for slot in slots:
            for employee_id in slot["employee_ids"]:
                self.assertEqual(
                    self.scheduler.explain(
                        self.job.id, employee_id, slot["date_start"], slot["date_end"]
                    ),
                    [],
                )
            self.assertLess(slot["date_end"], "2026-11-06 22:00:01")

    def test_near_the_visit_before(self):
        self._assign(self._create_job(), start=self._at(9), hours=2)
        slots = self._slots(date_to=self._at(17))
        near = next(slot for slot in slots if slot["employee_ids"] == self.employee.ids)
        self.assertEqual(near["date_start"], "2026-11-03 18:00:00")
        self.assertIn("At the same site as the visit next to it", near["reasons"])

    def test_skills_and_who_was_there_last(self):
        gas = self._create_skill()
        self.job.skill_ids = gas
        self._give_skill(self.employee, gas, valid_from="2026-01-01")
        first = self._slots()[0]
        self.assertEqual(first["employee_ids"], self.employee.ids)
        self.assertIn("Has the skills the job asks for", first["reasons"])
        anne = next(slot for slot in self._slots() if slot["employee_ids"] == self.anne.ids)
        self.assertEqual(anne["warnings"], ["Anne Roy: skills missing (Gas)"])
        self.company.sercom_conflict_skill = "block"
        self.assertEqual({*self._slots()[0]["employee_ids"]}, {*self.employee.ids})
        self.assertNotIn(self.anne.ids, [slot["employee_ids"] for slot in self._slots()])
        self.job.skill_ids = False
        self._assign(self._create_job(), self.anne, start=self._at(9, day=2))
        first = self._slots()[0]
        self.assertEqual(first["employee_ids"], self.anne.ids)
        self.assertIn("Was at this site last time", first["reasons"])

    def test_skills_that_the_company_does_not_mind(self):
        self.company.sercom_conflict_skill = "ignore"
        self.job.skill_ids = self._create_skill()
        first = self._slots()[0]
        self.assertFalse(first["warnings"])
        self.assertNotIn("Has the skills the job asks for", first["reasons"])
        self.assertGreater(first["score"], 60)

    def test_two_people_at_once(self):
        self.job.people_count = 2
        self._assign(self._create_job(), start=self._at(8), hours=4)
        slot = self._slots()[0]
        self.assertEqual({*slot["employee_ids"]}, {*self.people.ids})
        self.assertEqual(slot["date_start"], "2026-11-03 18:00:00")
        self._assign(start=self._at(13), hours=2)
        self.assertEqual([len(slot["employee_ids"]) for slot in self._slots(limit=1)], [1])

    def test_a_window_that_is_past_or_full(self):
        self.job.write(
            {"request_early": "2026-11-01 12:00:00", "request_late": "2026-11-02 12:00:00"}
        )
        slot = self._slots()[0]
        self.assertEqual(
            slot["warnings"],
            ["Outside the client's window (Nov 1, 07:00 – Nov 2, 07:00)"],
        )
        self.assertNotIn("Within the client's window", slot["reasons"])

    def test_a_window_to_come(self):
        self.job.write(
            {"request_early": "2026-12-01 05:00:00", "request_late": "2026-12-03 05:00:00"}
        )
        slots = self._slots()
        self.assertTrue(slots)
        for slot in slots:
            self.assertGreater(slot["date_start"], "2026-12-01 05:00:00")
            self.assertFalse(slot["warnings"])

    def test_a_long_job_is_split(self):
        self.job.write({"scheduled_duration": 10.0})
        slot = self._slots(date_from=self._at(17))[0]
        self.assertEqual(len(slot["blocks"]), 3)
        self.assertIn("Longer than anybody works at a stretch: 3 parts", slot["warnings"])

    def test_nobody_works(self):
        self.people.resource_calendar_id = False
        self.assertEqual(self._slots(), [])

    def test_flexible_people_are_not_called_at_night(self):
        self.people.resource_calendar_id = self.env["resource.calendar"].create(
            {
                "name": "Flexible",
                "tz": "America/Toronto",
                "schedule_type": "flexible",
                "hours_per_day": 6.0,
                "hours_per_week": 30.0,
            }
        )
        for slot in self._slots(limit=50):
            start = fields.Datetime.to_datetime(slot["date_start"]) - timedelta(hours=5)
            self.assertGreaterEqual(start.hour, 7)
            self.assertLessEqual(start.hour, 17)

    def test_an_appointment_is_in_the_way(self):
        self.env["calendar.event"].create(
            {
                "name": "Assessment",
                "start": self._at(8),
                "stop": self._at(17),
                "partner_ids": [
                    Command.set((self.employee.user_id.partner_id | self.anne.work_contact_id).ids)
                ],
                "opportunity_id": self._create_request().id,
                "fsm_location_id": self.site.id,
            }
        )
        self.assertGreater(self._slots()[0]["date_start"], "2026-11-04")

    def test_booking_a_slot(self):
        self.job.people_count = 2
        Scheduler = self.scheduler.with_user(self.user_dispatcher)
        slot = Scheduler.find_slots(self.job.id)[0]
        ids = Scheduler.book_slot(self.job.id, slot)
        self.assertRecordValues(
            self.env["sercom.assignment"].browse(ids),
            [
                {
                    "employee_id": employee_id,
                    "date_start": fields.Datetime.to_datetime(slot["date_start"]),
                    "date_end": fields.Datetime.to_datetime(slot["date_end"]),
                    "planned_hours": 2.0,
                    "has_warning": False,
                }
                for employee_id in slot["employee_ids"]
            ],
        )
        with self.assertRaisesRegex(ValidationError, "already planned"):
            Scheduler.book_slot(self._create_job().id, slot)
        for wrong in ({}, {"employee_ids": self.anne.ids}):
            with self.assertRaises(ValidationError):
                Scheduler.book_slot(self.job.id, wrong)

    def test_who_may_search_and_book(self):
        self.assertTrue(self._slots(user=self.user_dispatcher))
        self.assertTrue(self._slots(user=self.user_salesman))
        slot = self._slots()[0]
        with self.assertRaises(AccessError):
            self._slots(user=self.user_internal)
        self.job.person_id = self.worker
        own = self._slots(user=self.user_technician, limit=30)
        self.assertEqual({*own[0]["employee_ids"]}, {self.employee.id})
        self.assertEqual({tuple(slot["employee_ids"]) for slot in own}, {(self.employee.id,)})
        for user in (self.user_technician, self.user_salesman):
            with self.assertRaises(AccessError):
                self.scheduler.with_user(user).book_slot(self.job.id, slot)

    def test_bad_input(self):
        with self.assertRaises(UserError):
            self._slots(date_to=self._at(1))
        with self.assertRaises(UserError):
            self.scheduler.find_slots(0)
        self.assertLessEqual(len(self._slots(date_to=self._at(1) + timedelta(days=3650))), 10)

    def test_queries_do_not_grow(self):
        self._slots()
        few = self._get_queries(self._slots)
        people = self.env["hr.employee"].create(
            [{"name": f"P{number}", "tz": "America/Toronto"} for number in range(10)]
        )
        people._get_fsm_persons()
        for number, person in enumerate(people):
            person.resource_calendar_id = self.calendar.copy({"name": f"C{number}"})
            self._assign(employee=person, start=self._at(13))
        self.job.assignment_ids.unlink()
        self.assertEqual(self._get_queries(self._slots), few)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 13:07:00")
class TestSlotScreens(ConflictCommon):
    def test_one_click_books(self):
        job = self.job.with_user(self.user_dispatcher)
        action = job.action_find_slot()
        wizard = self.env[action["res_model"]].with_user(self.user_dispatcher)
        wizard = wizard.browse(action["res_id"])
        self.assertTrue(wizard.line_ids)
        line = wizard.line_ids[0]
        self.assertTrue(line.reasons)
        told = line.action_book()["params"]["message"]
        self.assertIn(job.name, told)
        self.assertIn(line.people, told)
        self.assertEqual(self.job.assignment_ids.date_start, line.date_start)
        self.assertEqual((self.job.assignment_ids.state, self.job.state), ("confirmed", "planned"))
        wizard.date_to = "2026-11-03 13:08:00"
        wizard.action_search()
        self.assertFalse(wizard.line_ids)

    def _schedule(self, user, *who):
        wizard = Form(
            self.env["sercom.appointment.schedule"]
            .with_user(user)
            .with_context(active_model="fsm.order", active_id=self.job.id)
        )
        wizard.user_ids.clear()
        for one in who:
            wizard.user_ids.add(one)
        return wizard

    def test_free_times_of_an_assessment(self):
        self._assign(self._create_job(location_id=self.far.id), start=self._at(8), hours=4)
        wizard = self._schedule(self.user_dispatcher, self.user_technician)
        self.assertEqual(len(wizard.free_time_ids), 6)
        times = wizard.free_time_ids[:]
        wizard.free_time_id = times[0]
        self.assertEqual(wizard.start, times[0].date_start)
        self.assertFalse(wizard.conflict_text)
        self.assertGreaterEqual(wizard.start, self._at(13))
        wizard.start = self._at(9)
        self.assertIn("Luc Gagnon is already planned", wizard.conflict_text)
        wizard.start = self._at(20)
        self.assertIn("does not work at that time", wizard.conflict_text)

    def test_somebody_who_is_no_employee(self):
        wizard = self._schedule(self.user_dispatcher, self.user_salesman)
        self.assertFalse(wizard.free_time_ids)
        self.assertFalse(wizard.conflict_text)

    def test_technicians_learn_nothing_of_others(self):
        self.anne.user_id = self.user_salesman
        self.job.person_id = self.worker
        self._assign(self._create_job(), self.anne, start=self._at(9))
        wizard = self._schedule(self.user_technician, self.user_salesman)
        wizard.start = self._at(9)
        self.assertFalse(wizard.conflict_text)
        self.assertFalse(wizard.free_time_ids)

    def test_capacity_report(self):
        self._assign(hours=9.0, start=self._at(8))
        Line = self.env["sercom.capacity.line"].with_user(self.user_dispatcher)
        action = Line.action_open()
        self.assertEqual(action["res_model"], Line._name)
        lines = Line.search([("employee_id", "=", self.employee.id)])
        self.assertEqual(len(lines), 56)
        self.assertRecordValues(
            lines[1],
            [
                {
                    "date": fields.Date.to_date("2026-11-03"),
                    "available_hours": 8.0,
                    "booked_hours": 8.0,
                    "free_hours": 0.0,
                    "over_hours": 0.0,
                }
            ],
        )
        groups = Line.formatted_read_group([], ["employee_id"], ["free_hours:sum"])
        self.assertIn((self.employee.id, "Luc Gagnon"), [row["employee_id"] for row in groups])
        Line.action_open()
        self.assertEqual(Line.search_count([("employee_id", "=", self.employee.id)]), 56)
        reader = self._create_user("sercom_reader", "fieldservice.group_fsm_user")
        Line.with_user(reader).action_open()
        self.assertEqual(Line.search_count([("employee_id", "=", self.employee.id)]), 56)
        with self.assertRaises(AccessError):
            Line.with_user(self.user_technician).action_open()

    def test_plan_without_a_start_opens_the_slots(self):
        job = self._create_job(scheduled_duration=1.0).with_user(self.user_dispatcher)
        self.assertEqual(job.action_plan_visit()["res_model"], "sercom.slot.find")
        job.write({"person_id": self.worker.id, "scheduled_date_start": "2026-11-05 15:00:00"})
        job.action_plan_visit()
        self.assertEqual(job.state, "planned")
