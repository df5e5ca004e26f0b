from datetime import date, timedelta

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import BoardCommon


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
        self.scheduler.get_unscheduled()  # warms what Odoo keeps between calls
        few = self._get_queries(self.scheduler.get_unscheduled)
        for _number in range(10):
            self._create_billable_job()
        self.assertEqual(self._get_queries(self.scheduler.get_unscheduled), few)
