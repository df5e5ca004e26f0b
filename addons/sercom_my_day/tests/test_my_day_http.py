import base64
import re
from uuid import uuid4

from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.sercom_requests.tests.common import PIXEL
from odoo.addons.sercom_timesheets.tests.common import ClockCommon

from ..models.ir_http import USER_COOKIE


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
        self.authenticate("sercom_technician", "sercom_technician")
        worker = self.url_open("/my-day/service-worker.js")
        self.assertEqual(worker.headers["Service-Worker-Allowed"], "/my-day")
        self.assertIn("javascript", worker.headers["Content-Type"])
        manifest = self.url_open("/my-day/manifest.webmanifest").json()
        self.assertEqual((manifest["scope"], manifest["start_url"]), ("/my-day", "/my-day"))
        for icon in manifest["icons"]:
            self.assertTrue(icon["src"].startswith("/sercom_my_day/"))
            self.assertEqual(self.url_open(icon["src"]).headers["Content-Type"], "image/png")

    def test_nobody_and_clients_reach_no_route(self):
        """Without a session, and with a client's: no page, worker, manifest, call or photo."""
        photo = self.env["sercom.photo"].create(
            {"name": "Plate", "image_1920": PIXEL, "fsm_order_id": self.job.id}
        )
        new_test_user(self.env, "my_day_client", "base.group_portal")
        for login in (None, "my_day_client"):
            with self.subTest(login=login):
                self.authenticate(login, login)
                answer = self.url_open("/my-day", allow_redirects=False)
                place = answer.headers["Location"]
                if login:
                    self.assertURLEqual(place, "/my")
                else:
                    self.assertURLEqual(place, "/my-day/login")
                for path in ("service-worker.js", "manifest.webmanifest"):
                    answer = self.url_open(f"/my-day/{path}", allow_redirects=False)
                    self.assertIn(answer.status_code, (303, 404), path)
                    for word in ("addEventListener", "start_url"):
                        self.assertNotIn(word, answer.text, path)
                for method in ("get_day", "get_jobs", "sync"):
                    self.assertIn("error", self._call(method), method)
                self._assert_no_photo(photo)
        self.assertFalse(self.env["sercom.phone.action"].search_count([]))
        self.authenticate("sercom_technician", "sercom_technician")
        self.assertIn("result", self._call("get_day"))
        self.assertEqual(self._get_photo(photo).headers["Content-Type"], "image/png")

    def _call(self, method):
        kwargs = {
            "get_day": {},
            "get_jobs": {"job_ids": self.job.ids},
            "sync": {"actions": [{"uuid": str(uuid4()), "kind": "note", "text": "Hello"}]},
        }[method]
        params = {"model": "sercom.my.day", "method": method, "args": [], "kwargs": kwargs}
        with mute_logger("odoo.http"):
            answer = self.url_open(
                f"/web/dataset/call_kw/sercom.my.day/{method}",
                json={"jsonrpc": "2.0", "method": "call", "params": params},
            )
        return answer.json()

    def _get_photo(self, photo):
        return self.url_open(f"/web/image/sercom.photo/{photo.id}/image_1920")

    def _assert_no_photo(self, photo):
        answer = self._get_photo(photo)
        self.assertNotEqual(answer.content, base64.b64decode(photo.image_1920))

    def test_cookie_follows_the_session(self):
        """A page that is kept on the phone sees in it who is signed in there."""
        self._log_in("sercom_dispatcher")
        self.assertNotIn(USER_COOKIE, self.opener.cookies)  # never opened the page
        self._log_in("sercom_technician")
        self.url_open("/my-day")
        self.assertEqual(self.opener.cookies[USER_COOKIE], str(self.user_technician.id))
        self.url_open("/web/session/logout")
        self.assertNotIn(USER_COOKIE, self.opener.cookies)
        # Somebody else signs in on the phone of the technician.
        self._log_in("sercom_dispatcher")
        answer = self.opener.get(
            f"{self.base_url()}/odoo",
            cookies={USER_COOKIE: str(self.user_technician.id)},
            allow_redirects=False,
        )
        self.assertEqual(answer.cookies[USER_COOKIE], str(self.user_dispatcher.id))

    def test_secret_is_each_users_own(self):
        secrets = set()
        for login in ("sercom_technician", "sercom_dispatcher", "sercom_technician"):
            self.authenticate(login, login)
            page = self.url_open("/my-day").text
            secrets.add(re.search(r'"secret": "([0-9a-f]{64})"', page)[1])
        self.assertEqual(len(secrets), 2)

    def test_login_page_forgets_the_kept_page(self):
        self.assertIn('delete("sercom-my-day")', self.url_open("/web/login").text)
