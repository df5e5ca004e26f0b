import json

from odoo.tests import tagged

from .common import SercomCommon
from .page_scripts import make_script
from .test_tours import TourCase

# Scrolls to each tile as a finger does: it is whole and on top, and the page fits the phone.
REACH = """
    const keys = %(keys)s;
    const get = (key) => document.querySelector(`.o_sercom_home [data-tile=${key}]`);
    await until(() => keys.every(get));
    const wrong = [];
    for (const key of keys) {
        const tile = get(key);
        if (!tile) {
            wrong.push(`${key} is not there`);
            continue;
        }
        tile.scrollIntoView({block: "center"});
        const rect = tile.getBoundingClientRect();
        const top = document.elementFromPoint(
            rect.left + rect.width / 2,
            rect.top + rect.height / 2
        );
        if (rect.left < 0 || rect.right > window.innerWidth || rect.height < 40) {
            wrong.push(`${key}: ${rect.left} to ${rect.right}, ${rect.height} high`);
        } else if (!tile.contains(top)) {
            wrong.push(`${key} lies under ${top?.className}`);
        }
        for (const part of tile.children) {
            const isBox = getComputedStyle(part).display !== "inline";
            if (isBox && part.scrollWidth > part.clientWidth + 1) {
                wrong.push(`${key}: ${part.textContent} is cut`);
            }
        }
    }
    for (const page of [document.documentElement, document.querySelector(".o_sercom_home")]) {
        if (page.scrollWidth > page.clientWidth) {
            wrong.push(`${page.className} scrolls to ${page.scrollWidth}`);
        }
    }
    if (wrong.length || !keys.length) {
        throw new Error(wrong.join("; "));
    }
"""


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


@tagged("post_install", "-at_install", "walk")
class TestHomeTourPhone(HomeTourCase):
    """And with a phone."""

    browser_size = "375x667"
    touch_enabled = True

    def test_a_call_is_noted_once(self):
        self._note_a_call()

    def test_every_tile_is_reached_and_nothing_scrolls_sideways(self):
        for role in ("estimator", "dispatcher", "accountant", "manager"):
            for lang in ("en_US", "fr_CA"):
                self.env["res.lang"]._activate_lang(lang)
                self.users[role].lang = lang
                home = self.env["sercom.home"].with_user(self.users[role])
                keys = json.dumps([tile.key for tile in home._get_own_tiles()])
                with self.subTest(role=role, lang=lang):
                    self.browser_js(
                        "/odoo/sercom-home",
                        make_script(REACH % {"keys": keys}),
                        "odoo.isReady === true",
                        login=f"role_{role}",
                        timeout=120,
                    )
