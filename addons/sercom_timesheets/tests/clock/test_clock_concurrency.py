from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.sercom_jobs.tests.parallel import ParallelCase

from ...tools.hours.hours_change import HoursChange

START = datetime(2026, 11, 3, 14)


@tagged("post_install", "-at_install")
class TestClockConcurrency(ParallelCase):
    """Two phones, shaky networks and a whole firm that clocks in at eight."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ids = cls._run(cls._prepare)
        cls.addClassCleanup(cls._run, cls._clean)

    @staticmethod
    def _prepare(env):
        client, site = ParallelCase._create_site(env, "Parallel client")
        people = env["hr.employee"].create([{"name": f"Parallel {i}"} for i in range(16)])
        jobs = env["fsm.order"].create([{"location_id": site.id} for _i in range(8)])
        # The company keeps it: its making is no part of these tests.
        env.company._get_service_project()
        return {
            "client": client.id,
            "site": site.id,
            "people": people.ids,
            "jobs": jobs.ids,
            "orders": jobs.sale_id.ids,
            "files": jobs.service_file_id.ids,
        }

    @classmethod
    def _clean(cls, env):
        ids = cls.ids
        entries = env["hr.attendance"].search([("employee_id", "in", ids["people"])])
        HoursChange().apply_to(entries.timesheet_ids).unlink()
        entries.unlink()
        orders = env["sale.order"].browse(ids["orders"])
        orders._action_cancel()
        # fieldservice keeps the jobs that left their first stage.
        with patch.object(cls.registry["fsm.order"], "can_unlink", lambda jobs: True):
            env["fsm.order"].browse(ids["jobs"]).unlink()
        orders.exists().unlink()
        env["sercom.service.file"].browse(ids["files"]).exists().unlink()
        people = env["hr.employee"].browse(ids["people"])
        contacts = people.work_contact_id
        env["fsm.person"].with_context(active_test=False).search(
            [("employee_id", "in", ids["people"])]
        ).unlink()
        people.unlink()
        contacts.unlink()
        site = env["fsm.location"].browse(ids["site"])
        partner = site.partner_id
        site.unlink()
        partner.exists().unlink()
        env["res.partner"].browse(ids["client"]).unlink()

    def tearDown(self):
        self._run(self._drop_entries)
        super().tearDown()

    @classmethod
    def _drop_entries(cls, env):
        env["hr.attendance"].search([("employee_id", "in", cls.ids["people"])]).unlink()

    def _punch(self, kind, person, job=0, **device):
        def call(env):
            return (
                env["hr.attendance"]
                .punch(
                    kind,
                    self.ids["jobs"][job] if kind == "start" else None,
                    employee_ids=[self.ids["people"][person]],
                    punch=device,
                )
                .ids
            )

        return call

    def _get_entries(self, env):
        entries = env["hr.attendance"].search([("employee_id", "in", self.ids["people"])])
        return [
            (entry.employee_id.id, entry.check_in, entry.check_out, entry.fsm_order_id.id)
            for entry in entries
        ]

    def test_eight_taps_make_one_entry(self):
        answers = self._run_together([self._punch("start", 0)] * 8)
        self.assertEqual(len({tuple(answer) for answer in answers}), 1, answers)
        self.assertEqual(len(self._run(self._get_entries)), 1)

    def test_two_phones_start_two_jobs(self):
        answers = self._run_together([self._punch("start", 0, job) for job in (0, 1)])
        self.assertTrue(all(isinstance(answer, list) for answer in answers), answers)
        entries = self._run(self._get_entries)
        self.assertEqual(len([entry for entry in entries if not entry[2]]), 1, entries)

    def test_everybody_clocks_in_and_out_at_once(self):
        # Two people on each job. Who waited for the same job is tried again, five times at most.
        people = range(len(self.ids["people"]))
        for kind in ("start", "end"):
            answers = self._run_together(
                [self._punch(kind, person, job=person % 8) for person in people]
            )
            self.assertTrue(all(isinstance(answer, list) for answer in answers), answers)
        entries = self._run(self._get_entries)
        self.assertEqual({entry[0] for entry in entries}, set(self.ids["people"]))
        self.assertTrue(all(entry[2] for entry in entries))

    def test_top_bar_and_phone_at_once(self):
        def top_bar(env):
            return env["hr.employee"].browse(self.ids["people"][0])._attendance_action_change().ids

        answers = self._run_together([top_bar, self._punch("start", 0)])
        self.assertTrue(all(isinstance(answer, list) for answer in answers), answers)
        entries = self._run(self._get_entries)
        self.assertLessEqual(len([entry for entry in entries if not entry[2]]), 1, entries)

    def test_taps_of_one_second_on_the_top_bar_lock_nobody_out(self):
        def top_bar(env):
            return env["hr.employee"].browse(self.ids["people"][0])._attendance_action_change().ids

        for taps, is_open in ((3, True), (1, False), (2, False), (5, True)):
            answers = self._run_together([top_bar] * taps)
            self.assertTrue(all(isinstance(answer, list) for answer in answers), answers)
            entries = self._run(self._get_entries)
            self.assertEqual(len([entry for entry in entries if not entry[2]]), int(is_open))

    def test_the_database_keeps_what_python_cannot_see(self):
        def type_in(env):
            return (
                env["hr.attendance"]
                .create(
                    {
                        "employee_id": self.ids["people"][0],
                        "check_in": START,
                        "check_out": START + timedelta(hours=2),
                    }
                )
                .ids
            )

        answers = self._run_together([type_in] * 6)
        self.assertEqual(
            len([answer for answer in answers if isinstance(answer, list)]), 1, answers
        )
        self.assertEqual(len(self._run(self._get_entries)), 1)
