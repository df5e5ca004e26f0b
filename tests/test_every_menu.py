from odoo.tests import HttpCase, tagged

from .common import SercomCommon

CLICK = "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"


@tagged("post_install", "-at_install", "walk")
class TestEveryMenu(HttpCase, SercomCommon):
    """Odoo's own click-bot opens every menu, view and filter of Sercom: none may fail."""

    allow_end_on_form = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_billable_job(
            person_id=cls.worker.id, scheduled_date_start=cls.start, scheduled_duration=2.0
        )

    def test_manager_opens_everything(self):
        # My Day is a page of its own: the bot would leave the web client.
        self.env.ref("sercom_my_day.my_day_menu").active = False
        menu = "sercom_requests.sercom_menu_root"
        self.browser_js(
            "/odoo",
            f"{CLICK}.startClickEverywhere('{menu}');",
            "odoo.isReady === true",
            login="role_manager",
            timeout=600,
            success_signal="clickbot test succeeded",
        )
