from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import ClockCommon


@tagged("post_install", "-at_install")
class TestProducts(ClockCommon):
    """What a service makes when it is sold: Odoo's projects and Sercom's jobs are not mixed."""

    def test_a_product_makes_a_job_or_a_task(self):
        with self.assertRaisesRegex(ValidationError, "both a job and a task"):
            self.product_hour.product_tmpl_id.write({"service_tracking": "task_global_project"})
