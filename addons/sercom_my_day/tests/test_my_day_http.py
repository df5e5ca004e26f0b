from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.sercom_timesheets.tests.common import ClockCommon


@tagged("post_install", "-at_install")
class TestMyDayHttp(HttpCase, ClockCommon):
    """Who lands on My Day, and what the page is made of."""

    def _log_in(self, login, redirect=None):
        """Where somebody lands who fills in the login form."""
        self.authenticate(None, None)
        page = self.url_open("/web/login")
        token = html.fromstring(page.text).xpath("//input[@name='csrf_token']")[0].get("value")
        data = {"login": login, "password": login, "csrf_token": token}
        if redirect is not None:
            data["redirect"] = redirect
        answer = self.url_open("/web/login", data=data, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        return answer.headers["Location"]

    def test_technicians_land_on_my_day(self):
        self.assertURLEqual(self._log_in("sercom_technician"), "/my-day")
        # The bare address of the server asks for Odoo's start page: nobody asked for that.
        self.assertURLEqual(self._log_in("sercom_technician", "/odoo?"), "/my-day")

    def test_others_land_where_they_did(self):
        self.assertURLEqual(self._log_in("sercom_dispatcher"), "/odoo")
        self.assertURLEqual(self._log_in("sercom_internal"), "/odoo")
        self.assertURLEqual(self._log_in("sercom_technician", "/odoo/fsm.order"), "/odoo/fsm.order")
        self.user_technician.action_id = self.env.ref("sercom_jobs.sercom_my_job_action").id
        self.assertURLEqual(self._log_in("sercom_technician"), "/odoo")

    def test_page_is_light(self):
        self.authenticate("sercom_technician", "sercom_technician")
        page = self.url_open("/my-day")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        root = html.fromstring(page.text)
        urls = [*root.xpath("//script/@src"), *root.xpath("//link[@rel='stylesheet']/@href")]
        self.assertEqual(len(urls), 2, urls)
        for url in urls:
            self.assertIn("assets_my_day", url)
        size = sum(len(self.url_open(url).content) for url in urls)
        self.assertLess(size, 500_000)

    def test_worker_and_manifest(self):
        worker = self.url_open("/my-day/service-worker.js")
        self.assertEqual(worker.headers["Service-Worker-Allowed"], "/my-day")
        self.assertIn("javascript", worker.headers["Content-Type"])
        manifest = self.url_open("/my-day/manifest.webmanifest").json()
        self.assertEqual((manifest["scope"], manifest["start_url"]), ("/my-day", "/my-day"))

    def test_nobody_and_clients_do_not_see_it(self):
        answer = self.url_open("/my-day", allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])
        new_test_user(self.env, "my_day_client", "base.group_portal")
        self.authenticate("my_day_client", "my_day_client")
        answer = self.url_open("/my-day", allow_redirects=False)
        self.assertURLEqual(answer.headers["Location"], "/my")
