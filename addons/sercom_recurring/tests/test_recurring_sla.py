from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.sercom_jobs.tests.sla.common import SercomSlaCommon


@tagged("post_install", "-at_install")
class TestRecurringSla(SercomSlaCommon):
    """The service level of visits of recurring jobs."""

    def test_recurring_job(self):
        policy = self._create_policy(name="Maintenance", is_recurring=True)
        frequency = self.env["fsm.frequency.set"].create({"name": "Monthly"})
        recurring = self.env["fsm.recurring"].create(
            {"location_id": self.site.id, "fsm_frequency_set_id": frequency.id}
        )
        visit = self._at(9, 9)
        job = self._create_job(
            fsm_recurring_id=recurring.id, scheduled_date_start=visit, request_early=visit
        )
        self.assertEqual(job.sla_policy_id, policy)
        self.assertEqual(job.sla_start, visit, "a visit made ahead of its time is not asked now")

    def test_other_jobs_do_not_get_the_policy_of_recurring_ones(self):
        self._create_policy(name="Maintenance", is_recurring=True, sequence=0)
        self.assertEqual(self._create_job().sla_policy_id, self.policy)

    def test_technicians_do_not_write_the_engines_fields(self):
        job = self._create_job(person_id=self.worker.id, scheduled_date_start=datetime(2026, 11, 3))
        for vals in ({"recurrence_date": "2026-11-01"}, {"is_recurrence_changed": True}):
            with self.assertRaises(AccessError, msg=str(vals)):
                job.with_user(self.user_technician).write(vals)
