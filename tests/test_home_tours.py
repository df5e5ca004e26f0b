from odoo.tests import tagged

from .common import SercomCommon
from .test_tours import TourCase


class HomeTourCase(TourCase, SercomCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_english("dispatcher")
        cls.caller = cls.env["res.partner"].create({"name": "Clara Home", "phone": "4185557788"})
        cls.caller_site = cls._create_site(
            name="Home Site", owner_id=cls.caller.id, street="1200 boulevard Tour"
        )
        cls._create_quote()

    def _note_a_call(self):
        self.start_tour("/odoo", "sercom_home_call", login="role_dispatcher")
        lead = self.env["crm.lead"].search([("name", "=", "The tap drips")])
        self.assertEqual(lead.partner_id.name, "Nadia Newtour")
        self.assertEqual(lead.fsm_location_id.street, "5 rue du Tour")
        self.assertEqual(lead.partner_id.city, "Sherbrooke")


@tagged("post_install", "-at_install")
class TestHomeTour(HomeTourCase):
    """The office works from its home page, at a desk."""

    browser_size = "1366x768"

    def test_a_call_is_noted_once(self):
        self._note_a_call()

    def test_a_job_on_a_slot_from_the_call(self):
        self.start_tour("/odoo", "sercom_home_call_slot", login="role_dispatcher")
        job = self.env["fsm.order"].search([("partner_id", "=", self.caller.id)])
        self.assertRecordValues(job, [{"state": "planned", "location_id": self.caller_site.id}])
        self.assertIn("The toilet runs", job.description)
        block = job.assignment_ids
        self.assertEqual((len(block), block.state), (1, "confirmed"))
        self.assertEqual(block.date_start, job.scheduled_date_start)
        self.assertTrue(block.calendar_event_id)

    def test_a_tile_and_the_menu_bar(self):
        self.start_tour("/odoo", "sercom_home_tile", login="role_dispatcher")


@tagged("post_install", "-at_install")
class TestHomeTourPhone(HomeTourCase):
    """And with a phone."""

    browser_size = "375x667"
    touch_enabled = True

    def test_a_call_is_noted_once(self):
        self._note_a_call()
