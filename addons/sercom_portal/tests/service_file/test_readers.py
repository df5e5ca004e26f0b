from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..common import PortalCommon


@tagged("post_install", "-at_install")
class TestReaders(PortalCommon):
    """Who of a client's people reads what."""

    def _call(self):
        return (
            self.env["sercom.call"]
            .create(
                {
                    "partner_id": self.owner.id,
                    "caller_name": "Paul Locataire",
                    "caller_phone": "438-555-0177",
                    "fsm_location_id": self.building.id,
                    "need": "No heat in 3",
                }
            )
            ._make_request()
        )

    def test_who_calls_for_the_client_reads_the_visit_alone(self):
        lead = self._call()
        caller = lead.contact_id
        self.assertEqual(caller.parent_id, self.owner)
        Files = self.env["sercom.service.file"].sudo()
        self.assertFalse(Files._find_for_portal(self.file.id, caller))
        file = Files._find_for_portal(lead.service_file_id.id, caller)
        self.assertTrue(file)
        page = file._get_portal_page(caller)
        self.assertFalse(page["is_client"] or page["quotes"] or page["invoices"])
        self.assertFalse(self.env["fsm.order"].sudo().search(Files._get_portal_jobs_domain(caller)))
        caller.email = "paul.l@example.com"
        wizard = self.env["portal.wizard"].with_context(active_ids=caller.ids).create({})
        with self.assertRaisesRegex(UserError, "met on site only"):
            wizard.user_ids.action_grant_access()
        caller.is_site_contact = False
        self.assertTrue(Files._find_for_portal(self.file.id, caller))

    def test_an_order_that_nobody_quoted_is_no_quote(self):
        known = {row["id"] for row in self._get_page(self.client)["quotes"]}
        lead = self._create_request(partner_id=self.owner.id, fsm_location_id=self.building.id)
        lead.action_convert_to_job()
        file = lead.service_file_id.sudo()
        self.assertTrue(file.sale_order_ids)
        self.assertFalse(file._get_portal_page(self.client)["quotes"])
        self.assertTrue(known, "those that were quoted stay")

    def test_refused_quotes_stay(self):
        self.open_quote._action_cancel()
        self.open_quote._note_refused("Too dear")
        rows = {row["id"]: row for row in self._get_page(self.client)["quotes"]}
        row = rows[self.open_quote.id]
        self.assertEqual((row["label"], row["refusal_reason"]), ("Refused", "Too dear"))
        self.assertFalse(row["is_open"])


@tagged("post_install", "-at_install")
class TestReadersHttp(HttpCase, PortalCommon):
    def _strip(self, link):
        return link[link.index("/my/requests/") :]

    def test_the_office_looks_and_does_nothing(self):
        link = self._strip(self.file.action_open_portal()["url"])
        page = html.fromstring(self.url_open(link).text)
        self.assertIn("as the client sees it", page.text_content())
        self.assertTrue(page.xpath("//fieldset[@disabled]//form"))
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        before = self.file.message_ids
        answer = self.url_open(
            f"/my/requests/{self.file.id}/message",
            data={
                "csrf_token": token,
                "message": "In their name",
                "access_token": link.partition("access_token=")[2],
            },
        )
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.file.message_ids, before)

    def test_a_cut_link_says_what_to_do(self):
        link = self._strip(self.file._get_portal_link(self.client))
        for broken in (link[:-9], link.replace(str(self.file.id), "999999", 1)):
            answer = self.url_open(broken)
            self.assertEqual(answer.status_code, 404)
            self.assertIn("This link does not work", answer.text)
            self.assertNotIn("No hot water", answer.text)

    def test_refused_on_the_page_of_the_quote(self):
        self.open_quote.require_signature = True
        self.authenticate("client", "client")
        page = html.fromstring(self.url_open(f"/my/orders/{self.open_quote.id}").text)
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        self.url_open(
            f"/my/orders/{self.open_quote.id}/decline",
            data={"csrf_token": token, "decline_message": "Too dear"},
        )
        self.assertEqual(self.open_quote.state, "cancel")
        self.assertEqual(self.open_quote.refusal_reason, "Too dear")
        self.assertGreater(self.open_quote.refused_on, fields.Datetime.now() - timedelta(minutes=5))
        page = self.url_open(f"/my/requests/{self.file.id}").text
        self.assertIn("Refused on", page)
        self.assertIn("Too dear", page)
