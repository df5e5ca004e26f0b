from odoo.tests import TransactionCase, tagged

from odoo.addons.sercom_timesheets.tests.common import ClockCommon


@tagged("post_install", "-at_install")
class TestComputes(TransactionCase):
    """What is computed says what it is computed from: no value outlives what it tells."""

    def test_every_compute_declares_what_it_depends_on(self):
        silent = set()
        models = self.env.registry.values()
        for model in (model for model in models if not model._abstract):
            for field in model._fields.values():
                if not (field._module or "").startswith("sercom") or field.related:
                    continue
                if isinstance(field.compute, str) and not self._is_declared(model, field.compute):
                    silent.add(f"{model._name}.{field.name}")
        self.assertFalse(silent, "A compute without @api.depends or @api.depends_context")

    @staticmethod
    def _is_declared(model, name):
        methods = [vars(parent).get(name) for parent in model.mro()]
        return any(
            hasattr(method, declared)
            for method in methods
            for declared in ("_depends", "_depends_context")
        )


@tagged("post_install", "-at_install")
class TestComputedNow(ClockCommon):
    """Read twice in one transaction, a figure tells what became of it in between."""

    def test_figures_of_a_job_follow_its_records(self):
        job, file = self.job, self.job.service_file_id
        self.assertEqual((job.is_to_assign, job.clock_open_count), (False, 0))
        self.assertFalse(job.missing_to_complete)
        next_action, timeline = file.next_action, file.timeline
        job.with_user(self.user_technician).action_clock_in()
        self.assertEqual(job.clock_open_count, 1)
        self.assertIn("Still clocked in", job.missing_to_complete)
        self.assertNotEqual(file.next_action, next_action)
        self.assertNotEqual(file.timeline, timeline)
        job.with_user(self.user_technician).action_clock_out()
        self.assertEqual(job.clock_open_count, 0)
        self.assertFalse(job.missing_to_complete)
        job.assignment_ids.state = "cancelled"
        self.assertTrue(job.is_to_assign)

    def test_hours_follow_the_timesheets(self):
        job = self.job
        self.assertEqual((job.hours_to_approve, job.hours_approved), (0.0, 0.0))
        line = self.env["account.analytic.line"].create(
            {
                "name": "Work",
                "employee_id": self.employee.id,
                "project_id": job.project_id.id or self.company.service_project_id.id,
                "fsm_order_id": job.id,
                "unit_amount": 2.0,
            }
        )
        self.assertEqual(job.hours_to_approve, 2.0)
        line.unit_amount = 3.0
        self.assertEqual(job.hours_to_approve, 3.0)
