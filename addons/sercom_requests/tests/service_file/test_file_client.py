from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..common import PIXEL, SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestFileClient(SercomRequestsCommon):
    """A file is of one client: a record of another one opens its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.partner"].create({"name": "Paul Roy"})
        cls.other_site = cls._create_site(name="Triplex", owner_id=cls.other.id)

    def _check_two_files(self, first, file, second):
        """``first`` is still in ``file``, which is as it was; ``second`` is in its own."""
        self.assertEqual(first.service_file_id, file)
        self.assertEqual((file.partner_id, file.active), (self.client_partner, True))
        self.assertTrue(second.service_file_id)
        self.assertNotEqual(second.service_file_id, file)
        self.assertEqual(second.service_file_id.partner_id, self.other)

    def _give(self, record, client, **vals):
        """Choose another client in the record's form, as a salesperson."""
        form = Form(record.with_user(self.user_salesman))
        form.partner_id = client
        for name, value in vals.items():
            form[name] = value
        form.save()

    def test_a_copied_quote_for_another_client(self):
        lead = self._create_request()
        lead.action_convert_to_quote()
        quote = lead.order_ids
        copy = quote.with_user(self.user_salesman).copy()
        self.assertNotEqual(copy.service_file_id, quote.service_file_id, "another need")
        self.assertEqual(copy.fsm_location_id, self.site)
        self.assertFalse(copy.opportunity_id or copy.request_early or copy.request_late)
        self._give(copy, self.other, fsm_location_id=self.other_site)
        self._check_two_files(quote, lead.service_file_id, copy)

    def test_a_quote_that_changes_its_client(self):
        lead = self._create_request()
        lead.action_convert_to_quote()
        file, quote = lead.service_file_id, lead.order_ids
        self._give(quote, self.other, fsm_location_id=self.other_site)
        self._check_two_files(lead, file, quote)
        self.assertEqual(file.fsm_location_id, self.site)
        self.assertEqual(quote.service_file_id.fsm_location_id, self.other_site)

    def test_a_request_that_changes_its_client_takes_what_is_its_own(self):
        lead = self._create_request()
        file, link = lead.service_file_id, {"opportunity_id": lead.id}
        photo = self.env["sercom.photo"].create({**link, "name": "Leak", "image_1920": PIXEL})
        event = self.env["calendar.event"].create(
            {**link, "name": "Assessment", "start": self.early, "stop": self.late}
        )
        self.assertEqual(event.service_file_id, file)
        self._give(lead, self.other)
        self.assertEqual(lead.service_file_id.partner_id, self.other)
        self.assertEqual(event.service_file_id, lead.service_file_id)
        self.assertEqual(photo.service_file_id, lead.service_file_id)
        self.assertEqual((file.partner_id, file.active), (self.client_partner, False))

    def test_a_file_that_still_holds_something_stays(self):
        lead = self._create_request()
        file = lead.service_file_id
        self.env["sercom.photo"].create(
            {"service_file_id": file.id, "name": "Leak", "image_1920": PIXEL}
        )
        self._give(lead, self.other)
        self.assertTrue(file.active)

    def test_a_second_quote_for_the_tenant(self):
        lead = self._create_request()
        lead.action_convert_to_quote()
        file = lead.service_file_id
        action = file.with_context(records_field="sale_order_ids").action_view_records()
        Quote = self.env["sale.order"].with_user(self.user_salesman)
        form = Form(Quote.with_context(**action["context"]))
        form.partner_id = self.other
        form.fsm_location_id = self.site
        self._check_two_files(lead.order_ids, file, form.save())

    def test_another_contact_of_the_client_stays_in_the_file(self):
        contact = self.env["res.partner"].create(
            {"name": "Her son", "parent_id": self.client_partner.id}
        )
        quote = self._create_quote()
        file = quote.service_file_id
        self._give(quote, contact)
        self.assertEqual(quote.service_file_id, file)
        self.assertEqual(file.partner_id, contact)

    def test_a_client_found_later_is_the_files(self):
        lead = self._create_request(partner_id=False)
        lead.service_file_id.partner_id = False
        file = lead.service_file_id
        self._give(lead, self.other)
        self.assertEqual((lead.service_file_id, file.partner_id), (file, self.other))

    def test_the_office_changes_the_client_of_a_file_on_purpose(self):
        quote = self._create_quote()
        file = quote.service_file_id
        form = Form(file.with_user(self.user_dispatcher))
        form.partner_id = self.other
        form.save()
        self.assertEqual((quote.service_file_id, file.partner_id), (file, self.other))

    def test_nobody_puts_a_quote_into_another_clients_file(self):
        quote = self._create_quote()
        theirs = self._create_quote(partner_id=self.other.id, fsm_location_id=self.other_site.id)
        with self.assertRaisesRegex(UserError, f"{quote.name}.* is for Marie Tremblay"):
            quote.with_user(self.user_salesman).service_file_id = theirs.service_file_id
        second = self._create_quote(service_file_id=theirs.service_file_id.id)
        self.assertEqual(second.service_file_id.partner_id, self.client_partner)
        self.assertNotEqual(second.service_file_id, theirs.service_file_id)
