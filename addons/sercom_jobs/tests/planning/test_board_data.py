from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .test_assignment import AssignmentCommon


class BoardCommon(AssignmentCommon):
    """Luc and Anne work from 8 to 12 and from 13 to 17 in Montréal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.tz = "America/Toronto"
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Office",
                "tz": "America/Toronto",
                "company_id": cls.company.id,
                "attendance_ids": [
                    Command.create(
                        {
                            "name": "Shift",
                            "dayofweek": str(day),
                            "hour_from": hour,
                            "hour_to": hour + 4,
                            "day_period": "morning" if hour < 12 else "afternoon",
                        }
                    )
                    for day in range(5)
                    for hour in (8, 13)
                ],
            }
        )
        cls.people = cls.employee | cls.anne
        cls.people.resource_calendar_id = cls.calendar
        cls.anne_worker = cls.anne._get_fsm_persons()[cls.anne]
        cls.scheduler = cls.env["sercom.scheduler"]

    @classmethod
    def _create_skill(cls, name="Gas"):
        kind = cls.env["hr.skill.type"].create(
            {
                "name": f"{name} work",
                "skill_ids": [Command.create({"name": name})],
                "skill_level_ids": [
                    Command.create({"name": "Yes", "level_progress": 100, "default_level": True})
                ],
            }
        )
        return kind.skill_ids

    @classmethod
    def _give_skill(cls, employee, skill, **vals):
        return cls.env["hr.employee.skill"].create(
            {
                "employee_id": employee.id,
                "skill_id": skill.id,
                "skill_type_id": skill.skill_type_id.id,
                "skill_level_id": skill.skill_type_id.skill_level_ids.id,
                **vals,
            }
        )

    @classmethod
    def _create_leave(cls, start, end, employee=None, **vals):
        return cls.env["resource.calendar.leaves"].create(
            {
                "name": "Flu",
                "date_from": start,
                "date_to": end,
                "resource_id": employee.resource_id.id if employee else False,
                "calendar_id": cls.calendar.id if employee else False,
                "company_id": cls.company.id,
                **vals,
            }
        )

    def _board(self, first="2026-11-02", last="2026-11-09", user=None, **kwargs):
        Scheduler = self.scheduler.with_user(user) if user else self.scheduler
        return Scheduler.get_board(first, last, **kwargs)

    def _row(self, board, employee):
        return next(row for row in board["employees"] if row["id"] == employee.id)


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
        job = self._create_job(priority="2")
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
                }
            ],
        )
        visit.action_appointment_cancel()
        self.assertFalse(self._board()["appointments"])

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
        self.assertEqual([row["name"] for row in self._board()["appointments"]], ["Busy"])

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
        self._create_leave(datetime(2026, 11, 5, 13), datetime(2026, 11, 5, 17), people[0])
        many = self._get_queries(self._board, "2026-11-02", "2026-11-30")
        self.assertEqual(few, many)
        self.assertLessEqual(many, 12)


@tagged("post_install", "-at_install")
class TestUnscheduled(BoardCommon):
    def _find(self, **kwargs):
        found = self.scheduler.get_unscheduled([("id", "in", self.jobs.ids)], **kwargs)
        return [row["id"] for row in found["jobs"]]

    @property
    def jobs(self):
        return self.env["fsm.order"].search([("location_id", "=", self.site.id)])

    def test_open_jobs_that_lack_people(self):
        pair = self._create_job(people_count=2)
        planned, closed = self._create_job(), self._create_job()
        self._assign(planned)
        self._assign(pair, start=self.start + timedelta(days=1))
        closed.action_cancel()
        self.assertEqual(set(self._find()), {self.job.id, pair.id})
        self.assertTrue(pair.is_to_assign)
        self.assertFalse(planned.is_to_assign | closed.is_to_assign)
        self._assign(pair, self.anne, start=self.start + timedelta(days=1))
        self.assertEqual(self._find(), self.job.ids)
        planned.assignment_ids.action_cancel()
        self.assertIn(planned.id, self._find())

    def test_a_row(self):
        skill = self._create_skill()
        self.product_hour.skill_ids = skill
        job = self._create_billable_job(
            people_count=2, priority="3", request_early=self.early, request_late=self.late
        )
        self._assign(job)
        row = next(row for row in self.scheduler.get_unscheduled()["jobs"] if row["id"] == job.id)
        self.assertEqual(
            row,
            {
                **row,
                "name": job.name,
                "client": "Marie Tremblay",
                "city": "Montréal",
                "sold_hours": 3.0,
                "people": 2,
                "missing": 1,
                "priority": "3",
                "request_early": "2026-11-02 13:00:00",
                "request_late": "2026-11-04 21:00:00",
                "skills": ["Gas"],
                "team_id": job.team_id.id,
            },
        )
        self.assertIn("sla_deadline", row)

    def test_hours_of_a_visit(self):
        job = self._create_billable_job(people_count=2)
        long = self._create_job(scheduled_duration=5.0)
        hours = {row["id"]: row["hours"] for row in self.scheduler.get_unscheduled()["jobs"]}
        self.assertEqual((hours[job.id], hours[long.id], hours[self.job.id]), (1.5, 5.0, 1.0))

    def test_hours_of_one_more_person_are_those_of_a_block(self):
        job = self._create_job(people_count=2)
        self._assign(job, hours=4)
        self._assign(job, start=self.start + timedelta(days=2), hours=4)
        [row] = self.scheduler.get_unscheduled([("id", "=", job.id)])["jobs"]
        self.assertEqual(row["hours"], 4.0)

    def test_the_most_urgent_first(self):
        day = timedelta(days=1)
        self.job.request_late = self.late + day
        high = self._create_job(priority="3", request_early=self.early)
        soon = self._create_job(request_early=self.early, request_late=self.late - day)
        high.request_late = self.late + 3 * day
        self.assertEqual(self._find()[:3], [high.id, soon.id, self.job.id])

    def test_late_jobs_come_before_all_others(self):
        high = self._create_job(priority="3", request_early=self.early)
        late = self._create_job(request_early=self.early)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE fsm_order SET sla_status = 'on_track', sla_late_on = %s WHERE id = %s",
            (date(2020, 1, 1), late.id),
        )
        self.assertEqual(self._find()[:2], [late.id, high.id])
        row = self.scheduler.get_unscheduled(limit=1)["jobs"][0]
        self.assertEqual((row["id"], row["sla_status"]), (late.id, "late"))

    def test_search_and_pages(self):
        other = self._create_job(
            location_id=self._create_site(name="Chalet", city="Laval").id, request_early=self.early
        )
        found = self.scheduler.get_unscheduled(search="chalet LAVAL")
        self.assertEqual([row["id"] for row in found["jobs"]], other.ids)
        self.assertEqual(self.scheduler.get_unscheduled(search="nowhere")["total"], 0)
        more = self._create_job() | self._create_job()
        first = self._find(limit=2)
        second = self._find(limit=2, offset=2)
        self.assertEqual(set(first + second), {self.job.id, *more.ids})
        page = self.scheduler.get_unscheduled(limit=1, offset=500)
        self.assertEqual(page["jobs"], [])
        self.assertGreaterEqual(page["total"], 4)

    def test_rules_of_the_caller(self):
        found = self.scheduler.with_user(self.user_dispatcher).get_unscheduled()
        self.assertIn(self.job.id, [row["id"] for row in found["jobs"]])
        found = self.scheduler.with_user(self.user_technician).get_unscheduled()
        self.assertFalse(found["jobs"])

    def test_a_job_needs_somebody(self):
        with self.assertRaisesRegex(ValidationError, "at least one person"):
            self.job.people_count = 0

    def test_queries_do_not_grow(self):
        few = self._get_queries(self.scheduler.get_unscheduled)
        for _number in range(10):
            self._create_billable_job()
        self.assertEqual(self._get_queries(self.scheduler.get_unscheduled), few)


@tagged("post_install", "-at_install")
class TestJobSkills(BoardCommon):
    def test_skills_come_from_the_services_and_stay_when_added(self):
        gas, height = self._create_skill(), self._create_skill("Height")
        self.product_hour.skill_ids = gas
        job = self._create_billable_job()
        self.assertEqual(job.skill_ids, gas)
        job.skill_ids |= height
        self.env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": self.product_travel.id,
            }
        )
        self.assertEqual(job.skill_ids, gas | height)

    def test_today_is_a_date(self):
        self.assertEqual(self._board()["date_from"], date(2026, 11, 2).isoformat())
