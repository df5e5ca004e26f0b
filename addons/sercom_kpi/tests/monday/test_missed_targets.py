from freezegun import freeze_time

from odoo.tests import tagged

from ..common import KpiCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-09 15:00")
class TestMissedTargets(KpiCommon):
    """A target that the week from 2 to 8 November 2026 missed is somebody's to do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("kpi_manager", "fieldservice.group_fsm_manager")
        cls.Target = cls.env["sercom.kpi.target"].with_user(cls.manager)
        cls._work(cls._create_hourly_job(), 4)

    def _find_activities(self, word):
        return self.env["mail.activity"].search([("summary", "ilike", word)])

    def test_once_a_week_and_only_what_was_missed(self):
        targets = self.Target.create(
            [
                {"measure": "worked_hours", "value": 5.0, "is_watched": True},
                {"measure": "done_count", "value": 0.0, "is_watched": True},
                {"measure": "sold_hours", "value": 500.0},
                {"measure": "realisation", "value": 50.0, "is_watched": True},
                {
                    "measure": "utilisation",
                    "value": 60.0,
                    "employee_id": self.employee.id,
                    "is_watched": True,
                },
            ]
        )
        self.Target.sudo()._cron_warn_missed()
        activity = self._find_activities("Worked,")
        self.assertEqual(len(activity), 1)
        self.assertTrue(activity.user_id.has_group("fieldservice.group_fsm_manager"))
        self.assertIn("4", activity.summary)
        self.assertEqual(len(self._find_activities(self.employee.name)), 1)
        self.assertFalse(self._find_activities("Sold,"))
        self.assertFalse(self._find_activities("Jobs Done,"))
        self.Target.sudo()._cron_warn_missed()
        self.assertEqual(self._find_activities("Worked,"), activity)
        with freeze_time("2026-11-16 15:00"):
            self.Target.sudo()._cron_warn_missed()
        self.assertEqual(len(self._find_activities("Worked,")), 2)
        self.assertEqual(
            {str(day) for day in targets.mapped("warned_week")}, {"2026-11-09", "False"}
        )

    def test_lower_is_better(self):
        self.Target.create({"measure": "cost_per_hour", "value": 30.0, "is_watched": True})
        self.Target.sudo()._cron_warn_missed()
        self.assertEqual(len(self._find_activities("Cost per Hour")), 1)
