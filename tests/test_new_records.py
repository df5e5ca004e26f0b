from odoo.tests import HttpCase, tagged

from .common import SercomCommon
from .page_scripts import make_script

PRESS_NEW = """
    (await find("%(button)s")).click();
    for (const selector of %(seen)s) {
        await find(selector);
    }
"""
COUNT_UPLOADS = """
    const found = [...document.querySelectorAll(".o_control_panel button")];
    const uploads = found.filter((button) => button.textContent.includes("Upload"));
    if (uploads.length === %s) {
        console.log("test successful");
    } else {
        console.error(`Uploads: ${uploads.length}`);
    }
"""


@tagged("post_install", "-at_install")
class TestNewRecords(HttpCase, SercomCommon):
    """*New* in the lists of Sercom begins what Sercom works with, not what Odoo sells."""

    def test_who_bills_nothing_is_not_offered_an_upload(self):
        for role, count in (("estimator", 0), ("accountant", 1)):
            with self.subTest(role=role):
                code = COUNT_UPLOADS % count
                ready = "!!document.querySelector('.o_list_view .o_control_panel')"
                self.browser_js("/odoo/service-invoices", code, ready, login=f"role_{role}")

    def _press_new(self, path, button, *seen):
        steps = PRESS_NEW % {"button": button, "seen": list(seen)}
        code = make_script(steps, seconds=30)
        self.browser_js(path, code, "odoo.isReady === true", login="role_dispatcher", timeout=120)

    def test_a_request_begins_as_a_call(self):
        self._press_new("/odoo/service-requests", ".o-kanban-button-new", ".modal .o_sercom_call")

    def test_a_quote_is_one_before_its_site_is_chosen(self):
        self._press_new(
            "/odoo/service-quotes",
            ".o_list_button_add",
            ".o_field_widget[name=quote_stage] button[data-value=draft]",
            ".o_field_widget[name=request_early]",
        )
