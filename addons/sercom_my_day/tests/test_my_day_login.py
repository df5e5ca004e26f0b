import gzip
from unittest.mock import patch

from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.sercom_timesheets.tests.common import ClockCommon

LOGIN = "/my-day/login"


@tagged("post_install", "-at_install")
class TestMyDayLogin(HttpCase, ClockCommon):
    """A technician signs in on a page of some kB, checked as on Odoo's own."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def _open(self, path=LOGIN, **kwargs):
        page = self.url_open(path, **kwargs)
        return page, html.fromstring(page.content)

    def _sign_in(self, login, password=None, **vals):
        _page, root = self._open()
        data = {field.get("name"): field.get("value") or "" for field in root.xpath("//input")}
        data.update({"login": login, "password": password or login}, **vals)
        return self.url_open(LOGIN, data=data, allow_redirects=False)

    def test_page_is_light(self):
        page, root = self._open()
        self.assertEqual(page.status_code, 200)
        self.assertLess(len(page.content), 7000)
        self.assertFalse(root.xpath("//script[@src] | //link[@rel='stylesheet'] | //img"))
        self.assertEqual(root.xpath("//form/@action"), [LOGIN])
        self.assertIn("/web/login?redirect=%2Fmy-day", root.xpath("//a/@href"))
        for name, value in (
            ("X-Frame-Options", "SAMEORIGIN"),
            ("Content-Security-Policy", "frame-ancestors 'self'"),
            ("Cache-Control", "no-cache"),
        ):
            self.assertEqual(page.headers[name], value)

    def test_page_without_session_leads_there_and_back(self):
        answer = self.url_open("/my-day", allow_redirects=False)
        self.assertURLEqual(answer.headers["Location"], LOGIN)
        answer = self._sign_in("sercom_technician")
        self.assertEqual(answer.status_code, 303)
        self.assertURLEqual(answer.headers["Location"], "/my-day")
        self.assertEqual(self.url_open("/my-day").status_code, 200)
        # Who is signed in already needs no form.
        answer = self.url_open(LOGIN, allow_redirects=False)
        self.assertURLEqual(answer.headers["Location"], "/my-day")

    def test_session_that_ended_leads_there(self):
        self.authenticate("sercom_technician", "sercom_technician")
        self.user_technician.password = "another password"
        answer = self.url_open("/my-day", allow_redirects=False)
        self.assertURLEqual(answer.headers["Location"], LOGIN)

    @mute_logger("odoo.addons.base.models.res_users")
    def test_wrong_password(self):
        page = self._sign_in("sercom_technician", "wrong")
        root = html.fromstring(page.content)
        self.assertEqual(root.xpath("//*[@role='alert']")[0].text, "Wrong login/password")
        self.assertEqual(root.xpath("//input[@name='login']/@value"), ["sercom_technician"])
        self.assertFalse(root.xpath("//input[@name='password']/@value"))
        self.assertURLEqual(
            self.url_open("/my-day", allow_redirects=False).headers["Location"], LOGIN
        )

    @mute_logger("odoo.addons.base.models.res_users")
    def test_too_many_tries_are_slowed_down(self):
        with patch.object(
            type(self.env["res.users"]), "_on_login_cooldown", return_value=True
        ) as cooldown:
            page = self._sign_in("sercom_technician")
        self.assertTrue(cooldown.called)
        self.assertIn("Too many login failures", page.text)

    @mute_logger("odoo.http")
    def test_form_of_another_site(self):
        answer = self._sign_in("sercom_technician", csrf_token="forged")
        self.assertEqual(answer.status_code, 400)

    def test_second_factor_is_asked(self):
        """Whoever has one gets no session before it, and comes back to My Day after it."""
        with patch.object(type(self.env["res.users"]), "_mfa_type", return_value="totp"):
            answer = self._sign_in("sercom_technician")
            place = answer.headers["Location"]
            self.assertIn("/web/login/totp", place)
            self.assertIn("my-day", place)
            answer = self.url_open("/my-day", allow_redirects=False)
        self.assertURLEqual(answer.headers["Location"], LOGIN)

    def test_redirect_stays_on_this_server(self):
        answer = self._sign_in("sercom_technician", redirect="https://example.com/my-day")
        self.assertURLEqual(answer.headers["Location"], "/my-day")

    def test_others_come_where_they_may(self):
        new_test_user(self.env, "my_day_login_client", "base.group_portal")
        answer = self._sign_in("my_day_login_client")
        self.assertURLEqual(answer.headers["Location"], "/my-day")
        self.assertURLEqual(
            self.url_open("/my-day", allow_redirects=False).headers["Location"], "/my"
        )

    def test_riddle_is_left_to_the_page_that_has_it(self):
        IrHttp = type(self.env["ir.http"])
        with patch.object(
            IrHttp, "get_frontend_session_info", lambda model: {"recaptcha_public_key": "key"}
        ):
            answer = self.url_open(LOGIN, allow_redirects=False)
        self.assertURLEqual(answer.headers["Location"], "/web/login?redirect=%2Fmy-day")

    def test_in_french(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        view = self.env.ref("sercom_my_day.login_form")
        view.update_field_translations("arch_db", {"fr_CA": {"Sign in": "Se connecter"}})
        self.authenticate(None, None, session_extra={"context": {"lang": "fr_CA"}})
        page, root = self._open()
        self.assertEqual(root.get("lang"), "fr-CA")
        self.assertIn("Se connecter", page.text)

    def test_in_the_nearest_language(self):
        """A phone set to the English of Canada reads English, in a company that speaks French."""
        self.env["res.lang"]._activate_lang("fr_CA")
        self.env.ref("base.main_company").partner_id.lang = "fr_CA"
        for phone, page in (("en-CA", "en-US"), ("fr-FR", "fr-CA"), ("fr-CA", "fr-CA")):
            self.authenticate(None, None)
            self.opener.cookies.clear()
            root = self._open(headers={"Accept-Language": phone})[1]
            self.assertEqual(root.get("lang"), page, phone)

    def test_kept_page_is_forgotten(self):
        self.assertIn('delete("sercom-my-day")', self._open()[0].text)

    def test_all_is_sent_compressed(self):
        """Also where no proxy does it: the page and its bundles are a third of their size."""
        self.authenticate("sercom_technician", "sercom_technician")
        page, root = self._open("/my-day")
        urls = [*root.xpath("//script/@src"), *root.xpath("//link[@rel='stylesheet']/@href")]
        for url in ("/my-day", *urls):
            small = self.opener.get(
                self.base_url() + url, headers={"Accept-Encoding": "gzip"}, stream=True
            )
            self.assertEqual(small.headers["Content-Encoding"], "gzip", url)
            raw = small.raw.read(decode_content=False)
            plain = self.opener.get(self.base_url() + url, headers={"Accept-Encoding": "identity"})
            self.assertNotIn("Content-Encoding", plain.headers, url)
            if url in urls:
                self.assertEqual(gzip.decompress(raw), plain.content)
                self.assertLess(len(raw), len(plain.content) / 2, url)
            self.assertLess(len(raw), len(plain.content), url)
        other = self.url_open("/web/assets/any/web.assets_frontend_minimal.min.js")
        self.assertNotIn("Content-Encoding", other.headers)
