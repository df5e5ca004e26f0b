from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import DAY, KpiCommon

COSTS = (
    "completion_action",
    "completion_hours_high",
    "completion_margin_high",
    "completion_margin_low",
    "completion_note",
    "completion_warned_on",
    "is_margin_at_risk",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-09 15:00")
class TestCompletion(KpiCommon):
    """Margin at completion of a job of ten hours at $120, as sold; Luc costs $40, Anne $30."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("kpi_manager", "fieldservice.group_fsm_manager")
        cls.job.assignment_ids.unlink()
        cls.open_job = cls._create_hourly_job(hours=10.0)
        cls.open_job.sale_line_ids.billing_policy = "sold"
        # The firm's people are these two, so that an hour of theirs costs $35 on average.
        cls.env["fsm.person"].search([("employee_id", "not in", cls.people.ids)]).active = False

    def _read(self, job=None):
        job = (job or self.open_job).with_user(self.manager)
        job.invalidate_recordset()
        return job

    def _plan(self, job, hours, **vals):
        return self._assign(job, planned_hours=hours, **vals)

    def _run_cron(self):
        cron = self.env.ref("sercom_kpi.ir_cron_warn_margin")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _get_alerts(self, job=None):
        return (job or self.open_job).activity_ids.filtered(
            lambda own: own.activity_type_id == self.env.ref("sercom_kpi.mail_activity_type_margin")
        )

    def test_the_range(self):
        self._plan(self.open_job, 10.0)
        self._work(self.open_job, 4)
        job = self._read()
        self.assertEqual((job.completion_hours_low, job.completion_hours_high), (6.0, 6.0))
        self.assertAlmostEqual(job.completion_margin_low, 1200 - 4 * 40 - 6 * 40)
        self._plan(self.open_job, 5.0, start=self.start + 7 * DAY)
        job = self._read()
        self.assertEqual((job.completion_hours_low, job.completion_hours_high), (6.0, 11.0))
        self.assertAlmostEqual(job.completion_margin_low, 1200 - 4 * 40 - 11 * 40)
        self.assertAlmostEqual(job.completion_margin_high, 1200 - 4 * 40 - 6 * 40)
        self.assertFalse(job.is_margin_at_risk)

    def test_hours_billed_as_worked_and_capped(self):
        self._work(self.open_job, 4)
        self._plan(self.open_job, 15.0, start=self.start + 7 * DAY)
        for policy, margins in (
            ("actual", (1200 - 4 * 40 - 6 * 40, 1800 - 4 * 40 - 11 * 40)),
            ("capped", (1200 - 4 * 40 - 11 * 40, 1200 - 4 * 40 - 6 * 40)),
        ):
            self.open_job.sale_line_ids.billing_policy = policy
            job = self._read()
            self.assertAlmostEqual(job.completion_margin_low, margins[0], msg=policy)
            self.assertAlmostEqual(job.completion_margin_high, margins[1], msg=policy)

    def test_parts_to_come(self):
        part = self._create_product(name="Pump", type="consu", standard_price=70.0, list_price=0.0)
        self.env["sale.order.line"].create(
            {
                "order_id": self.open_job.sale_id.id,
                "fsm_order_id": self.open_job.id,
                "product_id": part.id,
                "product_uom_qty": 2.0,
            }
        )
        self.assertAlmostEqual(self._read().completion_margin_low, 1200 - 10 * 35 - 140)

    def test_the_firm_s_own_overruns(self):
        for number in range(10):
            done = self._create_hourly_job(hours=2.0)
            self._work(done, 3, start=self.start - (number + 1) * DAY)
            self._complete(done)
        self.assertEqual(self.company._get_overruns(), {self.company: (1.5, 1.5)})
        job = self._read()
        self.assertEqual((job.completion_hours_low, job.completion_hours_high), (15.0, 15.0))

    def test_what_would_save_it_is_told_once(self):
        self.employee.hourly_cost = 200.0
        self._plan(self.open_job, 10.0)
        self._work(self.open_job, 1)
        job = self._read()
        self.assertAlmostEqual(job.completion_margin_low, 1200 - 10 * 200)
        self.assertEqual(job.completion_action, "other_person")
        self.assertIn("01:00 h worked of 10:00 h sold", job.completion_note)
        Job = self.env["fsm.order"].with_user(self.manager)
        self.assertIn(job, Job.search([("is_margin_at_risk", "=", True)]))
        self.assertNotIn(job, Job.search([("is_margin_at_risk", "=", False)]))
        self._run_cron()
        alert = self._get_alerts()
        self.assertEqual(len(alert), 1)
        self.assertTrue(alert.user_id.has_group("fieldservice.group_fsm_manager"))
        self.assertNotRegex(f"{alert.summary} {alert.note}", r"[0-9$]")
        self.assertEqual(str(job.completion_warned_on), "2026-11-09")
        alert.action_feedback()
        self._run_cron()
        self.assertFalse(self._get_alerts())

    def test_a_target_of_the_margin(self):
        self._plan(self.open_job, 20.0, start=self.start + DAY)
        self.assertFalse(self._read().is_margin_at_risk)
        self.env["sercom.kpi.target"].create({"measure": "margin_rate", "value": 50.0})
        job = self._read()
        self.assertEqual(job.completion_action, "change_order")
        self._run_cron()
        self.assertTrue(self._get_alerts())

    def test_jobs_that_are_over_or_empty(self):
        self.employee.hourly_cost = 200.0
        self._work(self.open_job, 10)
        self._complete(self.open_job)
        job = self._read()
        self.assertFalse(job.is_margin_at_risk or job.completion_margin_low or job.completion_note)
        self._run_cron()
        self.assertFalse(self._get_alerts())
        empty = self._read(self._create_job())
        self.assertEqual((empty.completion_margin_low, empty.completion_margin_high), (0.0, 0.0))
        self.assertIn("Nothing is sold", empty.completion_note)

    def test_costs_are_closed_by_every_road(self):
        for user in (self.user_dispatcher, self.user_technician):
            user.group_ids |= self.env.ref("base.group_allow_export")
            jobs = self.open_job.with_user(user)
            self.assertFalse(jobs.fields_get(COSTS))
            for name in COSTS:
                for number, road in enumerate(
                    (
                        lambda name=name, jobs=jobs: jobs.read([name]),
                        lambda name=name, jobs=jobs: jobs.web_read({name: {}}),
                        lambda name=name, jobs=jobs: jobs.export_data([name]),
                        lambda name=name, jobs=jobs: jobs.search([(name, "!=", False)]),
                        lambda name=name, jobs=jobs: jobs._read_group([], [name]),
                        lambda name=name, jobs=jobs: jobs.write({name: False}),
                    )
                ):
                    with self.subTest(name=name, road=number), self.assertRaises(AccessError):
                        road()

    def test_queries_do_not_grow(self):
        def count(jobs):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            jobs.with_user(self.manager).mapped("completion_margin_low")
            return self.env.cr.sql_log_count - before

        jobs = self.open_job | self._create_hourly_job()
        self._plan(self.open_job, 2.0, employee=self.anne)
        count(jobs)
        few = count(jobs)
        for number in range(5):
            job = self._create_hourly_job()
            self._plan(job, 2.0, employee=self.anne, start=self.start + (20 + number) * DAY)
            jobs |= job
        count(jobs)
        self.assertEqual(count(jobs), few)
