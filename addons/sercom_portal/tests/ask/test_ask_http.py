import base64
from datetime import timedelta

from freezegun import freeze_time
from lxml import html

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.mail.tests.common import MailCommon
from odoo.addons.sercom_requests.tests.common import PIXEL

from ..common import PortalCommon

NEED = "The boiler makes a <b>noise</b>"
SECRET_PICTURE = base64.b64decode(PIXEL)


@tagged("post_install", "-at_install")
class TestAskHttp(HttpCase, MailCommon, PortalCommon):
    """The public page: who asks, what becomes of it, and what is kept out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"is_asked_on_web": True, "phone": "+1 514 555 0100"})
        cls.service = cls._create_product(
            name="Boiler repair", type="service", is_asked_on_web=True, list_price=987.65
        ).product_tmpl_id
        cls.hidden = cls._create_product(name="Hidden work", type="service").product_tmpl_id

    def _stamp(self, user=None, age=60, key="key"):
        user = user or self.env.ref("base.public_user")
        with freeze_time(fields.Datetime.now() - timedelta(seconds=age)):
            return self.env["sercom.web.request"].with_user(user)._make_stamp(key)

    def _send(self, files=None, **vals):
        data = {
            "stamp": self._stamp(),
            "name": "Alain Petit",
            "email": "alain@example.com",
            "phone": "450 555-0123",
            "street": "9 rue Neuve",
            "city": "Laval",
            "need": NEED,
            "consent": "1",
            **vals,
        }
        answer = self.url_open("/service/send", data=data, files=files)
        self.assertEqual(answer.status_code, 200)
        return answer

    def _get_asked(self):
        website = self.env.ref("utm.utm_medium_website")
        return self.env["crm.lead"].search([("medium_id", "=", website.id)])

    def test_a_visitor_asks(self):
        page = self.url_open("/service").text
        self.assertIn("Boiler repair", page)
        self.assertNotIn("Hidden work", page)
        self.assertNotIn("987", page, "no price")
        shown = set(html.fromstring(page).xpath("//form//*[@name]/@name"))
        told = {"stamp", "name", "email", "phone", "street", "city", "need", "consent", "photos"}
        self.assertLessEqual(told, shown, "what is sent below is on the page")
        picture = ("leak.png", SECRET_PICTURE, "image/png")
        with self.mock_mail_gateway():
            answer = self._send(
                product=str(self.service.id), urgency="emergency", files={"photos": picture}
            )
        self.assertTrue(answer.url.endswith("/service/thanks"), answer.text)
        lead = self._get_asked()
        self.assertRecordValues(
            lead, [{"name": "Boiler repair", "priority": "3", "user_id": False, "city": "Laval"}]
        )
        self.assertIn("&lt;b&gt;noise", lead.need)
        self.assertEqual(lead.partner_id.name, "Alain Petit")
        self.assertEqual(len(lead.photo_ids), 1)
        self.assertEqual(lead.service_file_id.fsm_location_id.street, "9 rue Neuve")
        self.assertIn("Alain Petit", lead.activity_ids.summary)
        self.assertIn("agreed to be contacted", str(lead.message_ids.mapped("body")))
        # Who has the role is told by an activity, which mails.
        mail = self._new_mails.filtered(lambda mail: lead.partner_id in mail.recipient_ids)
        self.assertEqual(mail.recipient_ids, lead.partner_id)
        self.assertNotIn("noise", mail.body_html, "nothing that was typed is mailed")
        links = html.fromstring(mail.body_html).xpath("//a/@href")
        link = next(url for url in links if "/my/requests/" in url)
        page = self.url_open(link[link.index("/my/requests/") :]).text
        self.assertIn("Boiler repair", page)

    def test_known_or_not_the_answer_is_the_same(self):
        answers = []
        for number, email in enumerate((self.client_partner.email, "nobody@example.com")):
            answer = self._send(email=email, stamp=self._stamp(key=f"known{number}"))
            page = html.fromstring(answer.text).xpath("//main")[0]
            answers.append((answer.url, page.text_content()))
        self.assertEqual(answers[0], answers[1])
        self.assertNotIn(self.client_partner, self._get_asked().partner_id)

    def test_a_client_signs_in(self):
        self.authenticate("client", "client")
        page = self.url_open("/service").text
        self.assertIn("Triplex Lavoie", page)
        self.assertNotIn("Duplex Saint-Denis", page)
        user = self.portal_users["client"]
        self._send(stamp=self._stamp(), site=str(self.building.id))
        self.assertFalse(self._get_asked(), "the stamp of a visitor is not theirs")
        self._send(stamp=self._stamp(user), site=str(self.building.id), name="")
        self.assertRecordValues(
            self._get_asked(),
            [{"partner_id": self.client.id, "fsm_location_id": self.building.id}],
        )
        # Another's site is none of theirs.
        self._send(stamp=self._stamp(user, key="k2"), site=str(self.site.id))
        self.assertNotIn(self.site, self._get_asked().fsm_location_id)

    def test_a_client_says_where(self):
        """Without a site of theirs, or with several and none chosen, nothing is guessed."""
        self._create_site(name="Duplex Lavoie", owner_id=self.owner.id)
        for login in ("client", "tenant"):
            user = self.portal_users[login]
            self.authenticate(login, login)
            where = {"site": "", "street": "", "city": ""}
            answer = self._send(stamp=self._stamp(user, key=login), **where)
            self.assertIn("error_street", answer.text)
            self.assertFalse(self._get_asked())
        page = html.fromstring(self.url_open("/service").text)
        self.assertFalse(page.xpath("//select[@name='site']"), "a tenant has no site")
        self.authenticate("client", "client")
        page = html.fromstring(self.url_open("/service").text)
        self.assertEqual(page.xpath("//select[@name='site']/option/@value")[0], "")
        self.assertFalse(page.xpath("//select[@name='site']/option[@selected]"))
        answer = self._send(stamp=self._stamp(self.portal_users["tenant"], key="x"), site="other")
        self.assertFalse(self._get_asked(), "another's stamp")
        user = self.portal_users["client"]
        answer = self._send(stamp=self._stamp(user, key="y"), site="other")
        self.assertTrue(answer.url.endswith("/service/thanks"), answer.text)
        self.assertEqual(self._get_asked().fsm_location_id.street, "9 rue Neuve")

    def test_what_was_asked_is_on_its_page(self):
        picture = ("leak.png", SECRET_PICTURE, "image/png")
        day = fields.Date.today() + timedelta(days=9)
        answer = self._send(email="a@nowhere", day=str(day), files={"photos": picture})
        self.assertIn("Choose your photos again", answer.text)
        self.assertFalse(self._get_asked())
        self._send(day=str(day), day_part="morning", files={"photos": picture})
        lead = self._get_asked()
        page = lead.service_file_id.sudo()._get_portal_page(lead.partner_id)
        self.assertIn("8:00", page["requests"][0]["suits"])
        self.assertEqual(len(page["photos"]), 1)
        self._send(stamp=self._stamp(key="evening"), day_part="evening")
        self.assertIn("Evenings suit best", str((self._get_asked() - lead).need))

    def test_sent_twice_is_one_request(self):
        for _twice in range(2):
            answer = self._send(stamp=self._stamp(key="same"))
            self.assertTrue(answer.url.endswith("/service/thanks"))
        self.assertEqual(len(self._get_asked()), 1)

    def test_robots(self):
        self._send(website_url="http://spam.example.com")
        for stamp in ("", "AAAA", "é", self._stamp(age=-9), self._stamp(age=100_000)):
            answer = self._send(stamp=stamp)
            self.assertIn("Send it again", answer.text)
            self.assertIn("Alain Petit", answer.text, "what was typed is kept")
        self.assertFalse(self._get_asked())

    def test_limits(self):
        for number in range(5):
            self._send(stamp=self._stamp(key=f"limit{number}"))
        answer = self._send(stamp=self._stamp(key="over"))
        self.assertIn("try again in an hour", answer.text)
        self.assertEqual(len(self._get_asked()), 5)

    def test_files_that_are_no_photos(self):
        script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
        for name, content, kind in (
            ("a.png", script, "image/png"),
            ("a.jpg", b"MZ\x90\x00 program", "image/jpeg"),
            ("a.png", b"", "image/png"),
        ):
            answer = self._send(files={"photos": (name, content, kind)})
            self.assertIn("no photo", answer.text)
        many = [("photos", (f"{n}.png", SECRET_PICTURE, "image/png")) for n in range(7)]
        self.assertIn("at most", self._send(files=many).text)
        big = SECRET_PICTURE + b"0" * (10 * 1024 * 1024)
        self.assertIn("MB at most", self._send(files={"photos": ("a.png", big)}).text)
        self.assertFalse(self._get_asked())

    def test_a_bomb_is_no_photo_and_holds_up_nothing(self):
        # A picture of 100,000 × 100,000 pixels, by its header.
        header = SECRET_PICTURE[:16] + (100_000).to_bytes(4, "big") * 2 + SECRET_PICTURE[24:]
        self._send(files={"photos": ("a.png", header, "image/png")})
        lead = self._get_asked()
        self.assertEqual(len(lead), 1)
        self.assertFalse(lead.photo_ids)

    def test_script_in_every_field(self):
        bad = "<script>alert(1)</script>"
        names = ("name", "street", "city", "zip", "need", "product", "site", "day", "urgency")
        answer = self._send(phone=bad, **dict.fromkeys(names, bad))
        self.assertNotIn(bad, answer.text)
        names = [name for name in names if name != "day"]
        self._send(**dict.fromkeys(names, bad))
        lead = self._get_asked()
        self.assertEqual(lead.partner_id.name, bad)
        link = lead.service_file_id._get_portal_link(lead.partner_id)
        page = self.url_open(link[link.index("/my/requests/") :])
        self.assertEqual(page.status_code, 200)
        self.assertNotIn(bad, page.text)

    def test_closed_until_the_firm_opens_it(self):
        self.company.is_asked_on_web = False
        for url in ("/service", "/service/thanks", f"/service/picture/{self.service.id}"):
            self.assertEqual(self.url_open(url).status_code, 404, url)
        answer = self.url_open("/service/send", data={"stamp": self._stamp(), "need": "x"})
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(self._get_asked())

    def test_pictures_of_what_is_offered_alone(self):
        (self.service | self.hidden).image_1920 = PIXEL
        url = "/service/picture/%d"
        self.assertEqual(self.url_open(url % self.service.id).status_code, 200)
        self.assertEqual(self.url_open(url % self.hidden.id).status_code, 404)
