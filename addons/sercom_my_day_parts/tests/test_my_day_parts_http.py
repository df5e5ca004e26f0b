from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.sercom_timesheets.tests.common import ClockCommon


@tagged("post_install", "-at_install")
class TestMyDayPartsHttp(HttpCase, ClockCommon):
    """Who finds parts from a browser: the technician of the job."""

    def _find_parts(self, job):
        params = {
            "model": "sercom.my.day",
            "method": "find_parts",
            "args": [],
            "kwargs": {"job_id": job.id, "text": "Valve"},
        }
        with mute_logger("odoo.http"):
            answer = self.url_open(
                "/web/dataset/call_kw/sercom.my.day/find_parts",
                json={"jsonrpc": "2.0", "method": "call", "params": params},
            )
        return answer.json()

    def test_nobody_and_clients_find_no_parts(self):
        """Neither without a session, nor the client of the very job."""
        new_test_user(
            self.env,
            "parts_client",
            "base.group_portal",
            partner_id=self.job.partner_id.id,
        )
        for login in (None, "parts_client"):
            with self.subTest(login=login):
                self.authenticate(login, login)
                answer = self._find_parts(self.job)
                self.assertIn("error", answer)
                self.assertNotIn("result", answer)
                self.assertNotIn("Valve", str(answer["error"].get("data", {}).get("message")))
        self.authenticate("sercom_technician", "sercom_technician")
        answer = self._find_parts(self.job)
        self.assertEqual([part["name"] for part in answer["result"]], ["Valve"])
