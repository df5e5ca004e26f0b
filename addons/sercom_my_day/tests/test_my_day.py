from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.sercom_timesheets.tests.common import ClockCommon


@tagged("post_install", "-at_install")
class TestMyDay(ClockCommon):
    """What the phone shows: the user's own visits, in order, in few queries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site.partner_id.write({"partner_latitude": 45.52, "partner_longitude": -73.57})
        cls.client_partner.lang = "en_US"
        cls.day = cls.env["sercom.my.day"].with_user(cls.user_technician)
        cls.frozen = freeze_time(datetime(2026, 11, 3, 13))
        cls.startClassPatcher(cls.frozen)

    def _get_visits(self, **kwargs):
        return [visit for day in self.day.get_day(**kwargs)["days"] for visit in day["visits"]]

    def test_visits_in_order_of_the_day(self):
        early = self._create_job()
        self._assign(early, start=self.start - timedelta(hours=2), hours=1)
        self._assign(self._create_job(), self.anne)
        day = self.day.get_day()
        self.assertEqual((day["today"], day["tz"]), ("2026-11-03", "America/Toronto"))
        visits = day["days"][0]["visits"]
        self.assertEqual([visit["job_id"] for visit in visits], [early.id, self.job.id])
        self.assertEqual(visits[1]["start"], "2026-11-03 14:00:00")
        self.assertEqual(visits[1]["client"], "Marie Tremblay")
        self.assertEqual(visits[1]["phone"], "+1 514 555 0101")
        self.assertEqual(visits[1]["address"], "4321 rue Saint-Denis, Montréal")
        self.assertEqual((visits[1]["latitude"], visits[1]["longitude"]), (45.52, -73.57))

    def test_what_is_asked_and_how_to_get_in(self):
        self.job.write({"todo": "<p>Change the <b>valve</b></p>"})
        self.job.location_directions = "<p>Ring twice</p>"
        self.site.notes = "<p>Dog</p>"
        visit = self._get_visits()[0]
        self.assertEqual(visit["asked"], "Change the *valve*")
        self.assertEqual(visit["access"], "Ring twice\nDog")

    def test_days_are_those_of_the_person(self):
        """A visit at 23:00 in Montréal is of that day, not of the next one in UTC."""
        night = self._create_job()
        self._assign(night, start=datetime(2026, 11, 4, 4), hours=2)
        days = self.day.get_day("2026-11-03", 3)["days"]
        found = [[visit["job_id"] for visit in day["visits"]] for day in days]
        self.assertEqual(found, [[self.job.id, night.id], [night.id], []])
        self.assertEqual([day["date"] for day in days], ["2026-11-03", "2026-11-04", "2026-11-05"])

    def test_day_of_25_hours(self):
        late = self._create_job()
        self._assign(late, start=datetime(2026, 11, 2, 4, 30), hours=0.25)
        days = self.day.get_day("2026-11-01", 2)["days"]
        self.assertEqual([len(day["visits"]) for day in days], [1, 0])

    def test_cancelled_visits_are_gone(self):
        self.job.assignment_ids.action_cancel()
        self.assertFalse(self._get_visits())

    def test_no_day(self):
        with self.assertRaisesRegex(UserError, "is no day"):
            self.day.get_day("tomorrow")

    def test_many_days_are_limited(self):
        self.assertEqual(len(self.day.get_day(days=1000)["days"]), 14)

    def test_user_without_employee(self):
        day = self.env["sercom.my.day"].with_user(self.user_internal).get_day()
        self.assertFalse(day["user"]["employee_id"])
        self.assertFalse(day["days"][0]["visits"])
        self.assertFalse(day["clock"])

    def test_someone_of_another_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        other = new_test_user(
            self.env,
            "elsewhere",
            "fieldservice.group_fsm_user_own",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        day = self.env["sercom.my.day"].with_user(other).get_day()
        self.assertFalse(day["days"][0]["visits"])

    def test_clock(self):
        self.job.with_user(self.user_technician).action_clock_in()
        clock = self.day.get_day()["clock"]
        self.assertEqual((clock["job_id"], clock["work_type"]), (self.job.id, "work"))

    def test_queries_do_not_grow(self):
        """3 visits and 30 visits cost the same."""
        self._fill(3)
        few = self._count_queries(lambda: self.day.get_day(days=8))
        jobs = self._fill(27)
        self.assertEqual(few, self._count_queries(lambda: self.day.get_day(days=8)))
        self.assertLessEqual(few, 30)
        one = self._count_queries(lambda: self.day.get_jobs(jobs.ids[:1]))
        self.assertEqual(one, self._count_queries(lambda: self.day.get_jobs(jobs.ids)))

    def _fill(self, count):
        """Plan jobs at as many sites, from tomorrow on."""
        jobs = self.env["fsm.order"]
        before = self.env["sercom.assignment"].search_count(
            [("employee_id", "=", self.employee.id)]
        )
        for number in range(before, before + count):
            job = self._create_billable_job(location_id=self._create_site(name=f"S{number}").id)
            self._assign(job, start=self.start + timedelta(days=1, hours=2 * number), hours=1)
            jobs |= job
        return jobs

    def _count_queries(self, function):
        function()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestMyDayJob(ClockCommon):
    """What the screen of a job shows, and to whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.env["sercom.my.day"].with_user(cls.user_technician)

    def test_job_of_somebody_else(self):
        other = self._create_job()
        self._assign(other, self.anne)
        with self.assertRaises(AccessError):
            self.day.get_job(other.id)

    def test_no_price_and_no_cost(self):
        self.product_part.standard_price = 12345.0
        self.product_part.list_price = 54321.0
        self.job.sale_line_ids.price_unit = 54321.0
        answer = repr((self.day.get_job(self.job.id), self.day.get_day("2026-11-03")))
        self.assertNotIn("12345", answer)
        self.assertNotIn("54321", answer)
        for word in ("price", "cost", "margin", "amount"):
            self.assertNotIn(word, answer)

    def test_crew(self):
        self._lead(self.employee, self.anne)
        job = self.day.get_job(self.job.id)
        self.assertTrue(job["is_leader"])
        self.assertEqual(
            [(person["name"], person["is_me"]) for person in job["crew"]],
            [("Luc Gagnon", True), ("Anne Roy", False)],
        )
        self._lead(self.anne, self.employee)
        self.assertFalse(self.day.get_job(self.job.id)["is_leader"])

    def test_next_visits(self):
        """What was asked for on a job shows there with what became of it, whoever goes."""
        self.assertEqual(self.day.get_job(self.job.id)["asked_visits"], [])
        own = self.job.with_user(self.user_technician)
        own.action_plan_next_visit("2026-11-10", "Second coat")
        (visit,) = self.day.get_job(self.job.id)["asked_visits"]
        self.assertEqual(
            (visit["state"], visit["todo"], visit["wished"], visit["start"], visit["people"]),
            ("to_plan", "Second coat", "2026-11-10", False, ""),
        )
        made = self.env["fsm.order"].browse(visit["id"])
        self._assign(made, self.anne, start=self.start + timedelta(days=8))
        (visit,) = self.day.get_job(self.job.id)["asked_visits"]
        self.assertEqual((visit["state"], visit["people"]), ("planned", self.anne.name))
        self.assertTrue(visit["start"])
