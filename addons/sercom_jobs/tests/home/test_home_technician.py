from odoo.tests import HttpCase, tagged

from ..common import SercomJobsCommon


@tagged("slow", "post_install", "-at_install")
class TestHomeTechnician(HttpCase, SercomJobsCommon):
    """Nobody of the firm lands on an empty Discuss."""

    def test_a_technician_who_opens_odoo_finds_their_jobs(self):
        self.browser_js(
            "/odoo",
            """
                const timer = setInterval(() => {
                    const name = document.querySelector(".o_last_breadcrumb_item");
                    if (name?.textContent.includes("My Jobs")) {
                        clearInterval(timer);
                        console.log("test successful");
                    } else if (document.querySelector(".o-mail-Discuss")) {
                        clearInterval(timer);
                        console.error("This is Discuss");
                    }
                }, 100);
            """,
            "odoo.isReady === true",
            login=self.user_technician.login,
        )

    def test_who_chose_another_page_keeps_it(self):
        action = self.env.ref("calendar.action_calendar_event")
        self.user_technician.action_id = action.id
        self.authenticate(self.user_technician.login, self.user_technician.login)
        session = self.make_jsonrpc_request("/web/session/get_session_info")
        self.assertEqual(session["home_action_id"], action.id)
