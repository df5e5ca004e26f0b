from datetime import timedelta
from urllib.parse import urlsplit

from freezegun import freeze_time
from lxml import html

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.mail.tests.common import MailCommon

from ..common import SECRET, PortalCommon

ADDON = "odoo.addons.sercom_portal."


@tagged("post_install", "-at_install")
class TestPageHttp(HttpCase, MailCommon, PortalCommon):
    """The pages, by each road to them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._complete_and_bill()
        cls.photos[0].action_show_to_client()
        cls.report = cls._make_report()
        cls.url = f"/my/requests/{cls.file.id}"

    @classmethod
    def _make_report(cls):
        report = cls.env["sercom.job.report"].search([("fsm_order_id", "=", cls.done_job.id)])
        attachment = cls.env["ir.attachment"].create(
            {"name": "report.pdf", "raw": b"%PDF-1.4 report", "mimetype": "application/pdf"}
        )
        report.sudo().write(
            {
                "state": "current",
                "attachment_id": attachment.id,
                "date_sent": fields.Datetime.now(),
            }
        )
        return report

    def _open(self, url, status=200):
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, status, url)
        return answer.text

    def _get_link(self, partner):
        return self.file._get_portal_link(partner).replace(self.file.get_base_url(), "")

    def _post(self, url, page_url, **data):
        root = html.fromstring(self._open(page_url))
        data["csrf_token"] = root.xpath("//input[@name='csrf_token']/@value")[0]
        return self.url_open(url, data=data)

    def test_client_signs_in(self):
        self.authenticate("client", "client")
        self.assertIn("/my/requests", self._open("/my"))
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["sercom_request_count", "sercom_job_count"]}
        )
        self.assertEqual(counters, {"sercom_request_count": 1, "sercom_job_count": 1})
        self.assertIn("No hot water", self._open("/my/requests"))
        self.assertIn(self.done_job.name, self._open("/my/jobs?filterby=done"))
        self.assertNotIn(self.done_job.name, self._open("/my/jobs?filterby=open"))
        page = self._open(self.url)
        for text in (self.quote.name, self.invoice.name, "Luc Gagnon", self.report.name):
            self.assertIn(text, page)
        for text in (SECRET, "71.43", self.draft_quote.name):
            self.assertNotIn(text, page)
        self.assertEqual(self._load(f"/photo/{self.photos[0].id}").status_code, 200)
        self.assertEqual(self._load(f"/photo/{self.photos[1].id}").status_code, 404)
        self.assertEqual(self._load(f"/report/{self.report.id}").content, b"%PDF-1.4 report")

    def _load(self, suffix):
        return self.url_open(self.url + suffix)

    def test_tenant_signs_in(self):
        self.authenticate("tenant", "tenant")
        page = self._open(self.url)
        self.assertIn("Luc Gagnon", page)
        for text in (self.quote.name, self.invoice.name, SECRET, self.report.name):
            self.assertNotIn(text, page)
        for suffix in (f"/photo/{self.photos[0].id}", f"/report/{self.report.id}"):
            self.assertEqual(self._load(suffix).status_code, 404, suffix)

    def test_who_works_for_the_firm_reads_by_their_role(self):
        """Also one who lives in a client's house, or is met there."""
        partner = self.user_technician.partner_id
        partner.parent_id = self.owner
        self.authenticate("sercom_technician", "sercom_technician")
        self._open(self.url, 404)
        for url in ("/my/requests", "/my/jobs"):
            self.assertNotIn(self.done_job.name, self._open(url))
        partner.parent_id = False
        self.done_job.contact_id = partner
        self._open(self.url, 404)

    def test_a_link_opens_one_page(self):
        other = self._create_request(partner_id=self.owner.id).service_file_id
        page = self._open(self._get_link(self.client))
        self.assertIn(self.quote.name, page)
        # No token of another document is given away.
        self.assertNotIn(self.open_quote._portal_ensure_token(), page)
        token = self._get_link(self.client).split("access_token=")[1]
        self._open(f"/my/requests/{other.id}?access_token={token}", 404)
        for url in ("/my/requests", f"/my/orders/{self.quote.id}?access_token={token}"):
            self.assertNotIn(self.quote.name, self._open(url), url)
        self.assertNotIn(self.quote.name, self._open(self._get_link(self.tenant)))

    def test_links_that_open_nothing(self):
        link = self._get_link(self.client)
        token = link.split("access_token=")[1]
        wrong = (token[:-4] + "AAAA", token[:20], "", "é", "A" * 3000, token + "A" * 8)
        for bad in wrong:
            self._open(f"{self.url}?access_token={bad}", 404)
        self._open(self._get_link(self.stranger), 404)
        # One who is no longer the client's keeps no key to its page.
        self.client.parent_id = False
        self._open(link, 404)

    def test_an_expired_link_is_asked_for_again(self):
        with freeze_time(fields.Datetime.now() - timedelta(days=40)):
            link = self._get_link(self.client)
        page = self._open(link)
        self.assertIn("expired", page)
        self.assertNotIn(self.file.name, page)
        token = link.split("access_token=")[1]
        with self.mock_mail_gateway():
            for _twice in range(2):
                answer = self._post(f"{self.url}/link", link, access_token=token)
                self.assertIn("on its way", answer.text)
        self.assertEqual(len(self._new_mails), 1)
        self.assertEqual(self._new_mails.recipient_ids, self.client)
        root = html.fromstring(self._new_mails.body_html)
        fresh = next(url for url in root.xpath("//a/@href") if "/my/requests/" in url)
        parts = urlsplit(fresh)
        self.assertIn(self.quote.name, self._open(f"{parts.path}?{parts.query}"))

    def test_write_and_ask_again(self):
        self.authenticate("client", "client")
        answer = self._post(f"{self.url}/message", self.url, message="Is it <i>safe</i>?")
        self.assertIn("has reached us", answer.text)
        self.assertIn("Is it &lt;i&gt;safe", answer.text)
        answer = self._post(f"{self.url}/message", self.url, message=" ")
        self.assertIn("is empty", answer.text)
        changes = f"{self.url}/quote/{self.open_quote.id}/changes"
        self.assertIn("another version", self._post(changes, self.url, message="Cheaper").text)
        again = f"{self.url}/job/{self.done_job.id}/again"
        self.assertIn("will call you", self._post(again, self.url).text)
        self.assertEqual(
            self.env["crm.lead"].search_count([("partner_id", "=", self.client.id)]), 1
        )

    def test_every_route_is_closed_to_others(self):
        """Lists the routes itself: each is asked for the client's records, by others."""
        ids = {
            "file_id": self.file.id,
            "photo_id": self.photos[0].id,
            "report_id": self.report.id,
            "order_id": self.open_quote.id,
            "job_id": self.done_job.id,
            "employee_id": self.employee.id,
            "event_id": self.file.appointment_ids[:1].id,
            "page": 1,
        }
        rules = [
            rule
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if rule.endpoint.original_endpoint.__module__.startswith(ADDON) and "/my" in rule.rule
        ]
        self.assertGreater(len(rules), 9)
        texts = (self.file.name, self.quote.name, self.invoice.name, self.done_job.name)
        texts += ("No hot water", "report.pdf", SECRET)
        before = self.env["mail.message"].search_count([])
        for login in (None, "stranger"):
            self.authenticate(login, login)
            session_page = self._open("/web/login" if login is None else "/my")
            tokens = html.fromstring(session_page).xpath("//input[@name='csrf_token']/@value")
            for rule in rules:
                self.assertLessEqual(rule.arguments, set(ids), rule.rule)
                url = rule.build({name: ids[name] for name in rule.arguments})[1]
                is_post = "GET" not in (rule.methods or {"GET"})
                data = {"message": "x", "csrf_token": tokens[:1]} if is_post else None
                answer = self.url_open(url, data=data)
                with self.subTest(url=url, login=login):
                    for text in texts:
                        self.assertNotIn(text, answer.text)
                    if "file_id" in rule.arguments and not url.endswith("/link"):
                        self.assertIn(answer.status_code, (400, 404))
        self.assertEqual(self.env["mail.message"].search_count([]), before)
        self.assertFalse(self.open_quote.activity_ids)
