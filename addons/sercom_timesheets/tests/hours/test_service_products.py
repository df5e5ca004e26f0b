from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.sercom_jobs.tests.common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestServiceProducts(SercomJobsCommon):
    """Services of firms that have projects too: timesheets bring them."""

    def test_a_product_makes_a_job_or_a_task(self):
        with self.assertRaisesRegex(ValidationError, "both a job and a task"):
            self.product_hour.product_tmpl_id.write({"service_tracking": "task_global_project"})
