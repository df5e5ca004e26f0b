from odoo.tests import HttpCase, tagged

from .common import SercomCommon

# Fonts are there and the bar has been laid out again when a frame passes without a change of it.
READ_BAR = """
    (async () => {
        await document.fonts.ready;
        const read = () => [...document.querySelectorAll(
            ".o_menu_sections > :not(.d-none):not(.o_menu_sections_more)"
        )].map((entry) => entry.textContent.trim());
        let before = null, bar = read();
        while (!bar.length || String(before) !== String(bar)) {
            before = bar;
            await new Promise((done) => setTimeout(done, 300));
            bar = read();
        }
        const more = document.querySelector(".o_menu_sections_more");
        const hidden = more && getComputedStyle(more).display !== "none";
        const missing = %(needed)s.filter((id) => {
            const entry = document.querySelector(`.o_menu_sections [data-section="${id}"]`);
            return !entry || !entry.offsetWidth;
        });
        if (missing.length || (%(whole)s && hidden)) {
            console.error(`Not in the bar: ${missing}; beside "+": ${bar.join(", ")}`);
        } else {
            console.log("test successful");
        }
    })();
"""
DAILY = (
    *("sercom_requests.sercom_requests_menu_home", "sercom_requests.sercom_requests_menu_requests"),
    *("sercom_requests.sercom_requests_menu_quotes", "sercom_jobs.sercom_jobs_menu_board"),
    "sercom_jobs.sercom_jobs_menu_jobs",
)


class MenuBarCase(HttpCase, SercomCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_CA")
        ours = cls.env["ir.module.module"].search([("name", "=like", "sercom%")])
        ours.filtered(lambda module: module.state == "installed")._update_translations(["fr_CA"])
        cls.users["manager"].name = "Marie-Claude Bergeron"
        # As long as firms' names are: the bar has the same room for whoever works there.
        cls.env.company.name = "Plomberie & Ventilation Boréale inc."

    def _check_bar(self, role, needed, is_whole):
        for lang in ("fr_CA", "en_US"):
            self.users[role].lang = lang
            ids = [self.env.ref(xmlid).id for xmlid in needed]
            with self.subTest(role=role, lang=lang):
                script = READ_BAR % {"needed": ids, "whole": "true" if is_whole else "false"}
                self.browser_js(
                    "/odoo/service-requests",
                    script,
                    "odoo.isReady === true && !!document.querySelector('.o_menu_sections')",
                    login=f"role_{role}",
                )


@tagged("post_install", "-at_install", "walk")
class TestMenuBar(MenuBarCase):
    """All that a role does is in the bar at 1366 pixels, in French too."""

    browser_size = "1366x768"

    def test_nothing_is_behind_the_plus(self):
        for role in ("manager", "dispatcher", "accountant"):
            self._check_bar(role, (*DAILY, "sercom_requests.sercom_requests_menu_directory"), True)


@tagged("post_install", "-at_install", "walk")
class TestMenuBarNarrow(MenuBarCase):
    """At 1024 pixels, what is done all day is in the bar."""

    browser_size = "1024x768"

    def test_the_daily_entries_are_in_the_bar(self):
        self._check_bar("manager", DAILY, False)
