from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..common import SECRET, PortalCommon


@tagged("post_install", "-at_install")
class TestPage(PortalCommon):
    """What the client, who is met on site, and others read of one need."""

    def test_client_reads_the_whole_need(self):
        invoice = self._complete_and_bill()
        self.photos[0].action_show_to_client()
        page = self._get_page(self.client)
        self.assertTrue(page["is_client"])
        self.assertEqual([quote["name"] for quote in page["quotes"]], self._names_of_quotes())
        self.assertEqual([row["name"] for row in page["invoices"]], [invoice.name])
        self.assertTrue(page["invoices"][0]["is_due"])
        self.assertEqual([row["name"] for row in page["jobs"]], [self.done_job.name])
        self.assertEqual(page["jobs"][0]["state"], "done")
        self.assertEqual([row["caption"] for row in page["photos"]], ["New tank"])
        self.assertEqual([row["name"] for row in page["requests"]], ["No hot water"])
        self.assertNotIn(SECRET, str(page))
        self.assertNotIn("71", str(page["quotes"]), "no cost")

    def _names_of_quotes(self):
        return [self.open_quote.name, self.quote.name]

    def test_a_visit_says_when_and_who(self):
        with freeze_time("2026-11-01 12:00:00"):
            (visit,) = self._get_page(self.client)["visits"]
        self.assertEqual(visit["job"], self.done_job.name)
        self.assertEqual(visit["state"], "planned")
        self.assertIn("November 4", visit["day"])
        self.assertEqual((visit["window"]).replace("\u202f", " "), "between 9:00 AM and 11:00 AM")
        self.assertEqual([name for _id, name in visit["people"]], ["Luc Gagnon"])
        self._assign(self.done_job, employee=self.anne, start=self.visit_start)
        (visit,) = self._get_page(self.client)["visits"]
        self.assertEqual({name for _id, name in visit["people"]}, {"Luc Gagnon", "Anne Roy"})

    def test_a_cancelled_visit_says_so(self):
        self._send_notices()
        self.block.state = "cancelled"
        (visit,) = self._get_page(self.client)["visits"]
        self.assertEqual(visit["state"], "cancelled")

    def test_who_is_met_on_site_sees_the_visit_and_not_the_price(self):
        self._complete_and_bill()
        self.photos.action_show_to_client()
        page = self._get_page(self.tenant)
        self.assertFalse(page["is_client"])
        self.assertEqual([row["name"] for row in page["jobs"]], [self.done_job.name])
        self.assertEqual([row["job"] for row in page["visits"]], [self.done_job.name])
        for section in ("quotes", "invoices", "photos", "reports"):
            self.assertEqual(page[section], [], section)
        self.assertEqual(page["step"], "work_done")
        self.assertFalse(page["jobs"][0]["can_ask_again"])
        # Of another job at the same site, they are told nothing.
        other = self._sell()
        other.action_confirm()
        other.fsm_order_ids.contact_id = self.client
        self._assign(other.fsm_order_ids, start=self.start + timedelta(days=3))
        page = self._get_page(self.tenant)
        self.assertEqual([row["name"] for row in page["jobs"]], [self.done_job.name])
        self.assertEqual([row["job"] for row in page["visits"]], [self.done_job.name])

    def test_whose_file_it_is(self):
        Files = self.env["sercom.service.file"]
        for partner in (self.owner, self.client, self.tenant):
            self.assertEqual(Files._find_for_portal(self.file.id, partner), self.file)
        nobody = self.env["res.partner"]
        for partner in (self.stranger, self.client_partner, nobody):
            self.assertFalse(Files._find_for_portal(self.file.id, partner), partner.name)
        # Who goes there for the firm has other screens.
        guest = self.employee._get_attendee_partner()
        self.assertIn(guest, self.block.calendar_event_id.partner_ids)
        self.assertFalse(Files._find_for_portal(self.file.id, guest))

    def test_documents_of_another_client_in_the_file_are_not_told(self):
        self.open_quote.partner_id = self.stranger
        self.open_quote.sudo().service_file_id = self.file
        page = self._get_page(self.client)
        self.assertEqual([row["name"] for row in page["quotes"]], [self.quote.name])

    def test_queries_do_not_grow_with_jobs(self):
        def read():
            self._get_page(self.client)

        self._add_jobs(5)
        self._get_queries(read)  # warms the caches
        few = self._get_queries(read)
        self._add_jobs(20)
        self.assertEqual(len(self._get_page(self.client)["jobs"]), 26)
        self.assertEqual(self._get_queries(read), few)

    def test_messages_are_what_the_client_wrote_and_was_told(self):
        file = self.file
        note, among_us, told = f"{SECRET} note", f"{SECRET} among us", "We come tomorrow"
        comment = {"subtype_xmlid": "mail.mt_comment", "message_type": "comment"}
        file.message_post(body=note, subtype_xmlid="mail.mt_note")
        file.message_post(body=among_us, **comment)
        file.sudo()._post_from_portal(self.client, "The tank <b>leaks</b> again")
        file.message_post(body=told, partner_ids=self.client.ids, **comment)
        texts = [str(row["body"]) for row in self._get_page(self.client)["messages"]]
        self.assertEqual(len(texts), 2, texts)
        self.assertIn("&lt;b&gt;leaks", texts[0])
        self.assertIn("We come tomorrow", texts[1])
        self.assertEqual(self._get_page(self.tenant)["messages"], [])
        file.sudo()._post_from_portal(self.tenant, "The door is open")
        texts = [str(row["body"]) for row in self._get_page(self.tenant)["messages"]]
        self.assertEqual(len(texts), 1, texts)
        self.assertEqual(len(self._get_page(self.client)["messages"]), 2)
        self.assertFalse(file.message_partner_ids & (self.client | self.tenant))
        suggested = file._message_get_suggested_recipients(reply_discussion=True, no_create=True)
        self.assertIn(self.tenant.id, [row["partner_id"] for row in suggested])

    def test_a_message_reaches_the_office(self):
        self.file.user_id = self.user_dispatcher
        self.file.sudo()._post_from_portal(self.client, "Can you come earlier?")
        self.file.sudo()._post_from_portal(self.client, "Can you come earlier?")
        activity = self.file.activity_ids
        self.assertEqual(activity.user_id, self.user_dispatcher, "once, of a page sent twice")
        self.assertIn("Julie Roy", activity.summary)

    def test_empty_long_and_too_many_messages(self):
        post = self.file.sudo()._post_from_portal
        for text in ("", "  \x00 ", "x" * 4001, "x" * 10_000_000):
            with self.assertRaises(UserError):
                post(self.client, text)
        for number in range(20):
            post(self.client, f"Message {number}")
        with self.assertRaisesRegex(UserError, "many messages"):
            post(self.client, "One more")

    def test_changes_of_an_open_quote_alone(self):
        post = self.file.sudo()._post_from_portal
        post(self.client, "Two taps, not three", self.open_quote.id)
        self.assertIn("Two taps", self.open_quote.message_ids[0].body)
        self.assertIn(self.open_quote.name, self.open_quote.activity_ids.summary)
        for quote in (self.quote, self.draft_quote, self._create_quote()):
            with self.assertRaisesRegex(UserError, "no longer open"):
                post(self.client, "Cheaper", quote.id)
        with self.assertRaisesRegex(UserError, "no longer open"):
            post(self.tenant, "Cheaper", self.open_quote.id)

    def test_ask_again(self):
        ask = self.file.sudo()._ask_again
        with self.assertRaisesRegex(UserError, "cannot be asked for again"):
            ask(self.client, self.done_job.id, "")
        self._complete_and_bill()
        lead = ask(self.client, self.done_job.id, "<script>In May</script>")
        self.assertEqual(lead.partner_id, self.client)
        self.assertEqual(lead.fsm_location_id, self.building)
        self.assertIn("&lt;script&gt;In May", lead.need)
        self.assertEqual(lead.medium_id, self.env.ref("utm.utm_medium_website"))
        self.assertTrue(lead.service_file_id)
        self.assertNotEqual(lead.service_file_id, self.file)
        self.assertFalse(lead.user_id)
        self.assertTrue(lead.activity_ids)
        self.assertEqual(ask(self.client, self.done_job.id, ""), lead, "sent twice")
        for partner, job in ((self.tenant, self.done_job), (self.client, self.job)):
            with self.assertRaisesRegex(UserError, "cannot be asked for again"):
                ask(partner, job.id, "")

    def test_who_shows_photos(self):
        photo = self.photos[0]
        self._complete_and_bill()
        self.assertTrue(photo.is_kept)
        with self.assertRaises(AccessError):
            photo.with_user(self.user_technician).action_show_to_client()
        for user in (self.user_dispatcher, self.user_technician):
            with self.assertRaises(AccessError):
                photo.with_user(user).is_shown_to_client = True
        photo.with_user(self.user_dispatcher).action_show_to_client()
        self.assertEqual(len(self._get_page(self.client)["photos"]), 1)
        photo.with_user(self.user_dispatcher).action_hide_from_client()
        self.assertEqual(self._get_page(self.client)["photos"], [])

    def test_the_office_opens_the_page(self):
        action = self.file.with_user(self.user_salesman).action_open_portal()
        self.assertIn(f"/my/requests/{self.file.id}?access_token=", action["url"])
        self.user_technician.group_ids += self.env.ref("fieldservice.group_fsm_user_own")
        for user in (self.user_technician, new_test_user(self.env, login="nobody_portal")):
            with self.assertRaises(AccessError):
                self.file.with_user(user).action_open_portal()
