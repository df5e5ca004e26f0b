from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .common import BoardCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 12:00:00")
class TestBoardAppointments(BoardCommon):
    """Assessments wait in the tray until somebody goes; dispatchers give them to people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_dispatcher.tz = "America/Toronto"
        cls.request = cls._create_request(
            request_early=cls.start, request_late=cls.start + timedelta(hours=4)
        )
        cls.visit = cls._create_visit()

    @classmethod
    def _create_visit(cls, people=None, **vals):
        return cls.env["calendar.event"].create(
            {
                "name": "Look at the boiler",
                "start": cls.start,
                "stop": cls.start + timedelta(hours=1),
                "partner_ids": [Command.set(people.ids if people else [])],
                "opportunity_id": cls.request.id,
                **vals,
            }
        )

    def _get_waiting(self, user=None, **kwargs):
        scheduler = self.scheduler.with_user(user or self.user_dispatcher)
        return scheduler.get_unscheduled(**kwargs)["appointments"]

    def _get_placed(self):
        board = self._board(user=self.user_dispatcher)
        return [(row["employee_id"], row["start"], row["end"]) for row in board["appointments"]]

    def _plan(self, employee, start="2026-11-03 14:00:00", end="2026-11-03 15:00:00", **seen):
        seen = {
            "employee_id": False,
            "date_start": "2026-11-03 14:00:00",
            "date_end": "2026-11-03 15:00:00",
            **seen,
        }
        return self.scheduler.with_user(self.user_dispatcher).plan_appointment(
            self.visit.id, employee and employee.id, start, end, seen
        )

    def test_what_nobody_attends_waits_with_its_name_time_and_place(self):
        self.assertEqual(
            self._get_waiting(),
            [
                {
                    "id": self.visit.id,
                    "name": "Look at the boiler",
                    "start": "2026-11-03 14:00:00",
                    "end": "2026-11-03 15:00:00",
                    "allday": False,
                    "is_private": False,
                    "kind": "assessment",
                    "client": self.request.partner_id.name,
                    "city": self.visit.fsm_location_id.city or None,
                    "request_early": "2026-11-03 14:00:00",
                    "request_late": "2026-11-03 18:00:00",
                }
            ],
        )

    def test_booked_in_the_dialog_without_anybody(self):
        self.visit.unlink()
        dialog = self.env["sercom.appointment.schedule"].with_user(self.user_dispatcher)
        form = Form(
            dialog.with_context(
                active_model=self.request._name,
                active_id=self.request.id,
                default_appointment_kind="assessment",
            )
        )
        form.name = "Look at the boiler"
        form.start = self.start
        form.user_ids.clear()
        form.save().action_schedule()
        [row] = self._get_waiting()
        self.assertEqual((row["name"], row["kind"]), ("Look at the boiler", "assessment"))

    def test_the_client_alone_is_nobody(self):
        self.visit.partner_ids = self.request.partner_id
        self.assertEqual(len(self._get_waiting()), 1)
        self.visit.partner_ids |= self.employee.work_contact_id
        self.assertEqual(self._get_waiting(), [])
        self.visit.attendee_ids.filtered(
            lambda one: one.partner_id == self.employee.work_contact_id
        ).state = "declined"
        self.assertEqual(len(self._get_waiting()), 1)

    def test_an_estimator_who_is_no_technician_goes(self):
        self.visit.partner_ids = self.user_dispatcher.partner_id
        self.assertEqual(self._get_waiting(), [])

    def test_cancelled_done_and_long_past_ones_do_not_wait(self):
        self.visit.start = self.start - timedelta(days=5)
        self.assertEqual(len(self._get_waiting()), 1)
        self.visit.write(
            {"start": self.start - timedelta(days=9), "stop": self.start - timedelta(days=9)}
        )
        self.assertEqual(self._get_waiting(), [])
        other = self._create_visit()
        other.action_appointment_cancel()
        self.assertEqual(self._get_waiting(), [])

    def test_search_and_filters_of_the_tray(self):
        self.assertEqual(len(self._get_waiting(search="boiler")), 1)
        self.assertEqual(self._get_waiting(search="nowhere"), [])
        self.assertEqual(self._get_waiting(domain=[("priority", "=", "3")]), [])

    def test_no_other_company_sees_it(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            login="stranger_dispatcher",
            groups="base.group_user,fieldservice.group_fsm_dispatcher",
            company_id=other.id,
            company_ids=other.ids,
        )
        self.assertEqual(self._get_waiting(stranger), [])

    def test_queries_of_the_tray_do_not_grow(self):
        self._get_waiting()
        few = self._get_queries(self._get_waiting)
        for _number in range(8):
            self._create_visit()
        self.assertEqual(len(self._get_waiting()), 9)
        self.assertEqual(self._get_queries(self._get_waiting), few)

    def test_somebody_is_given_it_at_another_time(self):
        self.assertEqual(self._plan(self.anne, "2026-11-04 15:00:00", "2026-11-04 16:00:00"), [])
        self.assertEqual(
            self._get_placed(), [(self.anne.id, "2026-11-04 15:00:00", "2026-11-04 16:00:00")]
        )
        self.assertEqual(self._get_waiting(), [])
        self.assertEqual(self.visit.partner_ids, self.anne.work_contact_id)

    def test_it_is_handed_over_and_given_back(self):
        self.visit.partner_ids = self.request.partner_id | self.employee.work_contact_id
        self.assertEqual(self._plan(self.anne, employee_id=self.employee.id), [])
        self.assertEqual(
            self.visit.partner_ids, self.request.partner_id | self.anne.work_contact_id
        )
        self.assertEqual(self._plan(None, employee_id=self.anne.id), [])
        self.assertEqual(self.visit.partner_ids, self.request.partner_id)
        self.assertEqual(len(self._get_waiting()), 1)

    def test_the_second_dispatcher_is_told(self):
        self.visit.write(
            {
                "partner_ids": [Command.link(self.employee.work_contact_id.id)],
                "start": self.start + timedelta(hours=3),
                "stop": self.start + timedelta(hours=4),
            }
        )
        [changed] = self._plan(self.anne)
        self.assertEqual(
            changed["changes"],
            ["Moved: Nov 3, 09:00 – 10:00 → Nov 3, 12:00 – 13:00", "Luc Gagnon goes there."],
        )
        self.assertEqual(self.visit.partner_ids, self.employee.work_contact_id)
        self.assertEqual(changed["seen"]["date_start"], "2026-11-03 17:00:00")

    def test_a_whole_day_keeps_its_days(self):
        self.visit.write({"allday": True, "start_date": "2026-11-03", "stop_date": "2026-11-03"})
        self.assertEqual(self._plan(self.anne, "2026-11-05 15:00:00", "2026-11-05 16:00:00"), [])
        self.assertEqual(
            self._get_placed(), [(self.anne.id, "2026-11-03 05:00:00", "2026-11-04 05:00:00")]
        )

    def test_who_may_not_plan_and_what_is_none(self):
        for user in (self.user_technician, self.user_internal):
            with self.assertRaises(AccessError):
                self.scheduler.with_user(user).plan_appointment(
                    self.visit.id, self.anne.id, "2026-11-04 15:00:00", "2026-11-04 16:00:00"
                )
        lunch = self.env["calendar.event"].create(
            {"name": "Lunch", "start": self.start, "stop": self.start + timedelta(hours=1)}
        )
        block = self._assign(self._create_job())
        block.action_confirm()
        for event in (lunch, block.calendar_event_id):
            with self.assertRaises(UserError):
                self.scheduler.with_user(self.user_dispatcher).plan_appointment(
                    event.id, self.anne.id, "2026-11-04 15:00:00", "2026-11-04 16:00:00"
                )

    def test_its_hours_count_in_the_capacity_of_the_day(self):
        self._create_visit(self.employee.work_contact_id, stop=self.start + timedelta(hours=3))
        block = self._assign(start=self.start + timedelta(hours=4), hours=4)
        self.assertNotIn("capacity", self._find_kinds(block))
        later = self._assign(self._create_job(), start=self.start + timedelta(hours=8), hours=2)
        self.assertIn("capacity", self._find_kinds(later))

    def _find_kinds(self, block):
        return [kind for kind, _level, _text in block._find_conflicts()[block]]
