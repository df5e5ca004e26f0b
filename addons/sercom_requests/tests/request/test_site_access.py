from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestSiteAccess(SercomRequestsCommon):
    """A technician tells how to get in at the sites that they visit, and changes nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        worker = cls.env["fsm.person"].create({"partner_id": cls.user_technician.partner_id.id})
        cls.env["fsm.order"].create({"location_id": cls.site.id, "person_id": worker.id})
        cls.other_site = cls._create_site(name="Elsewhere")

    def test_technician_writes_access_notes(self):
        own = self.site.with_user(self.user_technician)
        own.direction = "<p>Key under the mat.</p>"
        own.notes = "<p>Dog.</p>"
        for vals in (
            {"owner_id": self.user_technician.partner_id.id},
            {"contact_id": self.user_technician.partner_id.id},
            {"partner_id": self.user_technician.partner_id.id},
            {"parent_id": self.other_site.id},
            {"phone": "+1 514 555 0199"},
            {"active": False},
        ):
            with self.subTest(vals), self.assertRaises(AccessError), self.cr.savepoint():
                own.write(vals)
        with self.assertRaises(AccessError):
            self.other_site.with_user(self.user_technician).notes = "<p>Mine</p>"

    def test_office_keeps_sites(self):
        other = self.env["res.partner"].create({"name": "Other"})
        for user in (self.user_dispatcher, self.user_salesman):
            site = self.other_site.with_user(user)
            site.owner_id = other
            site.notes = "<p>Gate code</p>"
