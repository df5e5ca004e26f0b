from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import BoardCommon


@tagged("post_install", "-at_install")
class TestBoardData(BoardCommon):
    def test_hours_of_a_week(self):
        self._assign(hours=3.0)
        row = self._row(self._board(), self.employee)
        self.assertEqual(row["name"], "Luc Gagnon")
        self.assertEqual(row["tz"], "America/Toronto")
        self.assertEqual([day["available"] for day in row["days"]], [8.0] * 5 + [0.0] * 2)
        self.assertEqual(
            row["days"][1],
            {"date": "2026-11-03", "available": 8.0, "booked": 3.0, "free": 5.0, "off": 0.0},
        )
        self.assertEqual(row["work"][0], ["2026-11-02 13:00:00", "2026-11-02 17:00:00"])
        self.assertEqual(len(row["work"]), 10)

    def test_a_block_row(self):
        job = self._create_job(
            priority="2", request_early=self.start, request_late=self.start + timedelta(hours=4)
        )
        block = self._assign(job, note="Bring a ladder", is_leader=True)
        [row] = self._board()["blocks"]
        self.assertEqual(
            row,
            {
                "id": block.id,
                "employee_id": self.employee.id,
                "job_id": job.id,
                "start": "2026-11-03 14:00:00",
                "end": "2026-11-03 16:00:00",
                "state": "draft",
                "planned_hours": 2.0,
                "is_leader": True,
                "override": False,
                "warning": row["warning"],
                "note": "Bring a ladder",
                "job": job.name,
                "job_state": "to_plan",
                "priority": "2",
                "sla_status": row["sla_status"],
                "subject": job.subject or "",
                "client": "Marie Tremblay",
                "city": "Montréal",
                "request_early": "2026-11-03 14:00:00",
                "request_late": "2026-11-03 18:00:00",
            },
        )

    def test_cancelled_blocks_and_other_weeks_are_not_there(self):
        self._assign().action_cancel()
        self._assign(start=self.start + timedelta(days=7))
        board = self._board()
        self.assertFalse(board["blocks"])
        self.assertEqual(self._row(board, self.employee)["days"][1]["booked"], 0.0)

    def test_a_block_over_the_edge_of_the_board(self):
        # Sunday 22:00 to Monday 2:00, in Montréal.
        block = self._assign(start=datetime(2026, 11, 9, 3), hours=4)
        board = self._board()
        self.assertEqual([row["id"] for row in board["blocks"]], [block.id])
        self.assertEqual(self._row(board, self.employee)["days"][6]["booked"], 2.0)

    def test_time_off_without_its_reason(self):
        self._create_leave(datetime(2026, 11, 4, 13), datetime(2026, 11, 4, 17), self.employee)
        self._create_leave(
            datetime(2026, 11, 6, 5), datetime(2026, 11, 7, 4, 59, 59), name="Jour férié"
        )
        board = self._board(user=self.user_dispatcher)
        row = self._row(board, self.employee)
        self.assertEqual(row["off"][0], ["2026-11-04 13:00:00", "2026-11-04 17:00:00", "Time off"])
        self.assertEqual(row["off"][1][2], "Jour férié")
        self.assertEqual(row["days"][2]["available"], 4.0)
        self.assertEqual(row["days"][2]["off"], 4.0)
        self.assertEqual(row["days"][4], {**row["days"][4], "available": 0.0, "off": 8.0})
        self.assertNotIn("Flu", str(board))
        other = self._row(board, self.anne)
        self.assertEqual([reason for _start, _end, reason in other["off"]], ["Jour férié"])

    def test_teams_leaders_and_skills(self):
        team = self.env["fsm.team"].create({"name": "North", "sequence": -5})
        (self.worker | self.anne_worker).team_id = team
        team.leader_id = self.anne_worker
        self._give_skill(self.anne, self._create_skill())
        board = self._board()
        self.assertEqual(board["teams"][0], {"id": team.id, "name": "North"})
        first, second = board["employees"][:2]
        self.assertEqual((first["id"], second["id"]), (self.anne.id, self.employee.id))
        self.assertEqual((first["is_leader"], second["is_leader"]), (True, False))
        self.assertEqual(first["skills"], ["Gas"])

    def test_who_is_on_the_board(self):
        stranger = self.env["hr.employee"].create({"name": "No worker"})
        gone = self.env["hr.employee"].create({"name": "Gone"})
        gone._get_fsm_persons()
        gone.active = False
        other_company = self.env["res.company"].create({"name": "Other"})
        abroad = self.env["hr.employee"].create({"name": "B", "company_id": other_company.id})
        abroad._get_fsm_persons()
        no_hours = self.env["hr.employee"].create({"name": "None"})
        no_hours._get_fsm_persons()
        no_hours.resource_calendar_id = False
        self.scheduler = self.scheduler.with_context(allowed_company_ids=self.company.ids)
        board = self._board()
        ids = {row["id"] for row in board["employees"]}
        self.assertLessEqual({*self.people.ids, no_hours.id}, ids)
        self.assertFalse(ids & {stranger.id, gone.id, abroad.id})
        self.assertEqual({day["available"] for day in self._row(board, no_hours)["days"]}, {0.0})

    def test_appointments_that_people_attend(self):
        lead = self._create_request()
        partner = self.user_technician.partner_id
        visit = self.env["calendar.event"].create(
            {
                "name": "Assessment",
                "start": self.start,
                "stop": self.start + timedelta(hours=1),
                "partner_ids": [Command.set(partner.ids)],
                "opportunity_id": lead.id,
                "fsm_location_id": self.site.id,
            }
        )
        self.env["calendar.event"].create(
            {
                "name": "Lunch",
                "start": self.start,
                "stop": self.start + timedelta(hours=1),
                "partner_ids": [Command.set(partner.ids)],
            }
        )
        self._assign(start=self.start + timedelta(days=1)).action_confirm()
        self.assertEqual(
            self._board()["appointments"],
            [
                {
                    "id": visit.id,
                    "employee_id": self.employee.id,
                    "start": "2026-11-03 14:00:00",
                    "end": "2026-11-03 15:00:00",
                    "name": "Assessment",
                    "allday": False,
                    "is_private": False,
                    "kind": "assessment",
                    "client": lead.partner_id.name,
                    "city": self.site.city,
                    "request_early": str(lead.request_early),
                    "request_late": str(lead.request_late),
                    "planned_hours": 1.0,
                }
            ],
        )
        visit.action_appointment_cancel()
        self.assertFalse(self._board()["appointments"])

    def _create_visit(self, employee, start, hours=1.0, **vals):
        return self.env["calendar.event"].create(
            {
                "name": "Assessment",
                "start": start,
                "stop": start + timedelta(hours=hours),
                "partner_ids": [Command.set(employee.work_contact_id.ids)],
                "fsm_location_id": self.site.id,
                **vals,
            }
        )

    def test_appointments_count_in_the_load(self):
        self._assign(hours=2.0)
        # From 11 to 14, with lunch between; then a whole day.
        self._create_visit(self.employee, self.start + timedelta(hours=2), hours=3.0)
        self._create_visit(
            self.employee,
            datetime(2026, 11, 4, 8),
            allday=True,
            start_date="2026-11-04",
            stop_date="2026-11-04",
        )
        days = self._row(self._board(), self.employee)["days"]
        self.assertEqual([day["booked"] for day in days[1:4]], [4.0, 8.0, 0.0])
        self.assertEqual([day["free"] for day in days[1:4]], [4.0, 0.0, 8.0])
        self.assertEqual(
            [row["planned_hours"] for row in self._board()["appointments"]], [2.0, 8.0]
        )

    def test_meetings_of_who_keeps_them_private_by_default(self):
        organizer = self.user_technician
        organizer.res_users_settings_id.calendar_default_privacy = "private"
        self.env["calendar.event"].create(
            {
                "name": "Divorce",
                "start": self.start,
                "stop": self.start + timedelta(hours=1),
                "user_id": organizer.id,
                "partner_ids": [Command.set(organizer.partner_id.ids)],
                "fsm_location_id": self.site.id,
            }
        )
        [row] = self._board()["appointments"]
        self.assertEqual((row["name"], row["client"], row["city"]), ("Busy", None, None))

    @freeze_time("2026-11-04 03:30:00")
    def test_today_in_the_users_zone(self):
        board = self._board()
        self.assertEqual((board["today"], board["tz"]), ("2026-11-03", "America/Toronto"))
        self.assertEqual(board["now"], "2026-11-04 03:30:00")

    def test_ranges_that_are_none(self):
        for first, last in (
            ("2026-11-09", "2026-11-02"),
            ("2026-11-02", "2026-11-02"),
            ("x", "2026-11-02"),
            (False, False),
            ("2026-01-01", "2027-01-01"),
        ):
            with self.assertRaises(UserError):
                self._board(first, last)

    def test_who_may_look(self):
        self.assertTrue(self._board(user=self.user_dispatcher)["can_edit"])
        self._assign(employee=self.anne)
        self._assign()
        board = self._board(user=self.user_technician)
        self.assertFalse(board["can_edit"])
        self.assertEqual([row["id"] for row in board["employees"]], [self.employee.id])
        self.assertEqual({row["employee_id"] for row in board["blocks"]}, {self.employee.id})
        with self.assertRaises(AccessError):
            self._board(user=self.user_technician, employee_ids=self.anne.ids)
        portal = new_test_user(self.env, "sercom_portal", groups="base.group_portal")
        for user in (portal, self.user_internal):
            with self.assertRaises(AccessError):
                self._board(user=user)
            with self.assertRaises(AccessError):
                self.scheduler.with_user(user).get_unscheduled()

    def test_some_people_only(self):
        board = self._board(employee_ids=self.anne.ids)
        self.assertEqual([row["id"] for row in board["employees"]], self.anne.ids)

    def test_queries_do_not_grow(self):
        self._assign()
        self._create_visit(self.employee, self.start + timedelta(hours=3))
        self._board()  # warms what Odoo keeps between calls
        few = self._get_queries(self._board)
        people = self.env["hr.employee"].create(
            [{"name": f"P{number}", "tz": "America/Toronto"} for number in range(15)]
        )
        people._get_fsm_persons()
        calendars = [self.calendar.copy({"name": f"C{number}"}) for number in range(5)]
        for number, person in enumerate(people):
            person.resource_calendar_id = calendars[number % 5]
            self._assign(employee=person)
            self._create_visit(person, self.start + timedelta(hours=3))
        self._create_leave(datetime(2026, 11, 5, 13), datetime(2026, 11, 5, 17), people[0])
        many = self._get_queries(self._board, "2026-11-02", "2026-11-30")
        self.assertEqual(few, many)
        self.assertLessEqual(many, 12)
