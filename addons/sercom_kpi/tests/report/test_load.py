from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import DAY, KpiCommon

WEEK = [("date", ">=", "2026-11-09"), ("date", "<", "2026-11-16")]


@tagged("post_install", "-at_install")
@freeze_time("2026-11-09 15:00")
class TestLoad(KpiCommon):
    """The week from Monday 9 to Sunday 15 November: 80 hours of two people."""

    def _add_up_of(self, job, *measures, domain=WEEK):
        return self._add_up(*measures, domain=domain, fsm_order_id=job.id)

    def test_sold_and_not_planned(self):
        job = self._create_hourly_job(hours=10.0)
        self.assertEqual(self._add_up_of(job, "unplanned_hours", "demand_hours"), (10.0, 10.0))
        self._assign(job, start=self.start + 7 * DAY, planned_hours=4.0)
        hours = self._add_up_of(job, "unplanned_hours", "planned_hours", "demand_hours")
        self.assertEqual(hours, (6.0, 4.0, 10.0))
        self._assign(job, self.anne, start=self.start + 7 * DAY, planned_hours=8.0)
        hours = self._add_up_of(job, "unplanned_hours", "planned_hours", "demand_hours")
        self.assertEqual([own or 0.0 for own in hours], [0.0, 12.0, 12.0])

    def test_load_of_a_team(self):
        """Of people who are planned, their own; of a job that nobody is planned on, the job's."""
        team, other = self.env["fsm.team"].create([{"name": "North"}, {"name": "South"}])
        self.anne._get_fsm_persons()[self.anne].team_id = team
        job = self._create_hourly_job(hours=10.0, team_id=other.id)
        self._assign(job, self.anne, start=self.start + 7 * DAY, planned_hours=4.0)
        specs = ["capacity_hours:sum", "demand_hours:sum", "load_rate:avg"]
        groups = self.Report._read_group(
            [*WEEK, ("person_team_id", "in", (team | other).ids)], ["person_team_id"], specs
        )
        load = {own: [value or 0.0 for value in values] for own, *values in groups}
        self.assertEqual(load[team], [40.0, 4.0, 10.0])
        self.assertEqual(load[other], [0.0, 6.0, 0.0])

    def test_when_it_is_wanted(self):
        job = self._create_hourly_job(hours=10.0)
        job.write({"request_early": "2026-11-17 14:00", "request_late": "2026-11-20 22:00"})
        self.assertFalse(self._add_up_of(job, "unplanned_hours"))
        day = [("date", "=", "2026-11-20")]
        self.assertEqual(self._add_up_of(job, "unplanned_hours", domain=day), 10.0)
        with freeze_time("2026-12-01 15:00"):
            day = [("date", "=", "2026-12-01")]
            self.assertEqual(self._add_up_of(job, "unplanned_hours", domain=day), 10.0)

    def test_what_is_worked_or_over_is_no_demand(self):
        job = self._create_hourly_job(hours=10.0)
        self._work(job, 3)
        self.assertEqual(self._add_up_of(job, "unplanned_hours"), 7.0)
        self._complete(job)
        self.assertFalse(self._add_up_of(job, "unplanned_hours"))

    def test_load_is_demand_over_capacity(self):
        people = [("employee_id", "in", self.people.ids)]
        self._assign(self.job, self.anne, start=self.start + 7 * DAY, planned_hours=4.0)
        load = self._add_up("load_rate:avg", domain=[*WEEK, *people])
        self.assertAlmostEqual(load, 100 * 4 / 80)
        weekend = [("date", "=", "2026-11-14")]
        job = self._create_hourly_job(hours=10.0)
        job.write({"request_early": "2026-11-14 14:00", "request_late": "2026-11-14 20:00"})
        self.assertIsNone(
            self._add_up("load_rate:avg", domain=[*weekend, ("fsm_order_id", "=", job.id)]) or None
        )

    def test_load_by_skill(self):
        kind = self.env["hr.skill.type"].create(
            {
                "name": "Trade",
                "skill_ids": [Command.create({"name": name}) for name in ("Gas", "Drains")],
                "skill_level_ids": [Command.create({"name": "Licensed", "level_progress": 100})],
            }
        )
        gas, drains = kind.skill_ids
        self.env["hr.employee.skill"].create(
            [
                {
                    "employee_id": person.id,
                    "skill_type_id": kind.id,
                    "skill_id": skill.id,
                    "skill_level_id": kind.skill_level_ids.id,
                    "valid_from": "2026-01-01",
                    "valid_to": until,
                }
                for person, skill, until in (
                    (self.anne, gas, False),
                    (self.anne, drains, False),
                    (self.employee, gas, "2026-11-11"),
                )
            ]
        )
        job = self._create_hourly_job(hours=10.0)
        job.skill_ids = gas
        self._assign(job, self.anne, start=self.start + 7 * DAY, planned_hours=4.0)
        self.env.flush_all()
        Load = self.env["sercom.kpi.skill.load"].with_user(self.user_dispatcher)
        specs = ["capacity_hours:sum", "demand_hours:sum", "load_rate:avg"]
        skills = [("skill_id", "in", kind.skill_ids.ids)]
        groups = Load._read_group([*WEEK, *skills], ["skill_id"], specs)
        load = {skill: [value or 0.0 for value in values] for skill, *values in groups}
        # Gas: Anne's week and three days of Luc; four hours planned, six left.
        self.assertEqual(load[gas][:2], [64.0, 10.0])
        self.assertAlmostEqual(load[gas][2], 100 * 10 / 64)
        self.assertEqual(load[drains], [40.0, 0.0, 0.0])
        with self.assertRaises(AccessError):
            Load.with_user(self.user_technician).search([])

    def test_it_opens_the_job(self):
        job = self._create_hourly_job(hours=10.0)
        domain = [*WEEK, ("fsm_order_id", "=", job.id)]
        action = self.Report.action_open_records(domain, "load_rate")
        self.assertEqual((action["res_model"], action["res_id"]), ("fsm.order", job.id))
