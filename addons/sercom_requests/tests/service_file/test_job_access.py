from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestJobAccess(SercomRequestsCommon):
    """No employee without a role reads a job, whatever else the firm has installed."""

    def test_an_add_on_that_opens_jobs_to_every_employee(self):
        """As OCA's fieldservice_project does, which a firm may have, or install later."""
        worker = self.env["fsm.person"].create({"partner_id": self.user_technician.partner_id.id})
        own, other = self.env["fsm.order"].create(
            [{"location_id": self.site.id, "person_id": person} for person in (worker.id, False)]
        )
        self.env["ir.model.access"].create(
            {
                "name": "Jobs, everybody",
                "model_id": self.env.ref("fieldservice.model_fsm_order").id,
                "group_id": self.env.ref("base.group_user").id,
                "perm_read": True,
                "perm_write": True,
            }
        )
        jobs = own | other
        for user, readable in (
            (self.user_internal, jobs.browse()),
            (self.user_technician, own),
            (self.user_dispatcher, jobs),
        ):
            with self.subTest(user.login):
                as_user = jobs.with_user(user)
                self.assertEqual(as_user.search([("id", "in", jobs.ids)]), readable)
                self.assertEqual(as_user._filtered_access("read"), readable)
        for access in (lambda job: job.read(["name"]), lambda job: job.write({"todo": "x"})):
            with self.assertRaises(AccessError):
                access(other.with_user(self.user_internal))
