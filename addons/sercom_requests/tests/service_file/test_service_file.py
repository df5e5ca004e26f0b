from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged

from ...tools.service_file.file_state import FileFacts, file_state
from ..common import PIXEL, SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestFileState(BaseCase):
    def test_the_farthest_point_that_all_work_has_reached(self):
        for facts, state in (
            (FileFacts(), "request"),
            (FileFacts(open_requests=1), "request"),
            (FileFacts(open_requests=1, ended=1), "request"),
            (FileFacts(ended=2), "lost"),
            (FileFacts(open_requests=1, open_quotes=1), "quoted"),
            (FileFacts(sold_orders=1, open_jobs=1), "sold"),
            (FileFacts(sold_orders=1), "sold"),
            (FileFacts(sold_orders=1, done_jobs=1), "to_invoice"),
            (FileFacts(sold_orders=1, done_jobs=1, open_jobs=1), "sold"),
            (FileFacts(sold_orders=1, to_invoice=True), "to_invoice"),
            (FileFacts(sold_orders=1, to_invoice=True, open_jobs=1), "sold"),
            (FileFacts(sold_orders=1, invoiced=1, due=10.0), "invoiced"),
            (FileFacts(sold_orders=1, invoiced=1, due=0.0), "paid"),
            (FileFacts(sold_orders=1, invoiced=1, to_invoice=True), "to_invoice"),
            (FileFacts(sold_orders=2, invoiced=1, open_jobs=1), "sold"),
        ):
            with self.subTest(facts):
                self.assertEqual(file_state(facts), state)


@tagged("post_install", "-at_install")
class TestServiceFile(SercomRequestsCommon):
    def _pay(self, move):
        return (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({})
            ._create_payments()
        )

    def test_state_and_totals_follow_the_records(self):
        lead = self._create_request()
        file = lead.service_file_id
        self.assertEqual((file.state, file.partner_id), ("request", self.client_partner))
        lead.action_convert_to_quote()
        quote = lead.order_ids
        total = quote.amount_total
        self.assertEqual(file.state, "quoted")
        self.assertEqual((file.amount_quoted, file.amount_sold), (total, 0.0))
        quote.action_convert_to_invoice()
        move = quote.invoice_ids
        self.assertEqual(file.state, "to_invoice", "its invoice is a draft")
        self.assertEqual((file.amount_quoted, file.amount_sold), (total, total))
        self.assertEqual((file.amount_invoiced, file.amount_due), (0.0, 0.0))
        move.action_post()
        self.assertEqual(file.state, "invoiced")
        self.assertEqual((file.amount_invoiced, file.amount_due), (total, total))
        self._pay(move)
        self.assertEqual(file.state, "paid")
        self.assertEqual((file.amount_paid, file.amount_due), (total, 0.0))
        move._reverse_moves(cancel=True)
        self.assertEqual(file.amount_invoiced, 0.0)

    def test_a_lost_request_loses_the_file(self):
        lead = self._create_request()
        lead.action_set_lost()
        self.assertEqual(lead.service_file_id.state, "lost")
        lead.action_unarchive()
        self.assertEqual(lead.service_file_id.state, "request")

    def test_numbers_are_unique_and_kept(self):
        files = (self._create_request() | self._create_request()).service_file_id
        self.assertEqual(len(set(files.mapped("name"))), 2)
        self.assertRegex(files[0].name, r"^SF-\d{4}-\d{5}$")

    def test_records_made_by_hand_join_the_file(self):
        file = self._create_request().service_file_id
        action = file.with_context(records_field="sale_order_ids").action_view_records()
        quote = self.env["sale.order"].with_context(**action["context"]).create({"order_line": []})
        self.assertRecordValues(
            quote,
            [
                {
                    "service_file_id": file.id,
                    "partner_id": self.client_partner.id,
                    "fsm_location_id": self.site.id,
                }
            ],
        )
        self.assertEqual(file.sale_order_count, 1)

    def test_time_line_tells_the_story_in_order(self):
        lead = self._create_request()
        file = lead.service_file_id
        self.env["sercom.photo"].create(
            {"opportunity_id": lead.id, "name": "Leak", "image_1920": PIXEL, "moment": "before"}
        )
        call = "Called Marie: she will call back"
        file.message_post(body=call, message_type="comment")
        activity = file.activity_schedule("mail.mail_activity_data_call", summary="Call back")
        activity.action_feedback("She agrees")
        lead.action_convert_to_quote()
        lead.order_ids.action_convert_to_invoice()
        lead.order_ids.invoice_ids.action_post()
        self._pay(lead.order_ids.invoice_ids)
        file.invalidate_recordset()
        kinds = [entry["kind"] for entry in file.timeline]
        self.assertEqual(set(kinds), {"request", "photo", "call", "quote", "invoice", "payment"})
        self.assertEqual(kinds.count("call"), 2)
        dates = [entry["date"] for entry in file.timeline]
        self.assertEqual(dates, sorted(dates))

    def test_time_line_hides_what_the_reader_may_not_see(self):
        lead = self._create_request()
        lead.action_convert_to_quote()
        self.env["fsm.order"].create(
            {"location_id": self.site.id, "service_file_id": lead.service_file_id.id}
        ).person_id = self._create_worker(self.user_technician)
        file = lead.service_file_id.with_user(self.user_technician)
        self.assertEqual({entry["kind"] for entry in file.timeline}, {"job"})
        with self.assertRaises(AccessError):
            file.read(["amount_sold"])

    def _create_worker(self, user):
        return self.env["fsm.person"].create({"partner_id": user.partner_id.id})

    def test_merging_loses_nothing(self):
        kept_lead, other_lead = self._create_request(), self._create_request(name="Same leak")
        kept, other = kept_lead.service_file_id, other_lead.service_file_id
        other_lead.action_convert_to_quote()
        quote = other_lead.order_ids
        photo = self.env["sercom.photo"].create(
            {"service_file_id": other.id, "name": "Leak", "image_1920": PIXEL}
        )
        call = "She called twice"
        other.message_post(body=call)
        attachment = self.env["ir.attachment"].create(
            {"name": "plan.txt", "raw": b"plan", "res_model": other._name, "res_id": other.id}
        )
        activity = other.activity_schedule("mail.mail_activity_data_todo", summary="Measure")
        wizard = (
            self.env["sercom.service.file.merge"]
            .with_context(active_ids=(kept | other).ids)
            .create({})
        )
        self.assertEqual(wizard.target_id, kept, "the older file is kept")
        action = wizard.action_merge()
        self.assertEqual(action["res_id"], kept.id)
        self.assertEqual((other_lead | kept_lead).service_file_id, kept)
        self.assertEqual((quote.service_file_id, photo.service_file_id), (kept, kept))
        self.assertEqual((attachment.res_id, activity.res_id), (kept.id, kept.id))
        self.assertIn("She called twice", "".join(kept.message_ids.mapped("body")))
        self.assertEqual((other.active, other.merged_into_id), (False, kept))
        self.assertEqual(kept.amount_quoted, quote.amount_total)

    def test_files_of_two_clients_are_not_merged(self):
        kept = self._create_request().service_file_id
        stranger = self.env["res.partner"].create({"name": "Somebody else"})
        other = self.env["sercom.service.file"].create({"partner_id": stranger.id})
        with self.assertRaisesRegex(UserError, "belong to two clients"):
            (kept | other)._merge_into(kept)
        self.assertTrue(other.active)

    def test_files_of_two_companies_are_not_merged(self):
        kept = self._create_request().service_file_id
        company = self.env["res.company"].create({"name": "Ontario"})
        other = self.env["sercom.service.file"].create({"company_id": company.id})
        with self.assertRaisesRegex(UserError, "belong to two companies"):
            (kept | other)._merge_into(kept)

    def test_a_file_with_records_is_not_deleted(self):
        file = self._create_request().service_file_id
        with self.assertRaisesRegex(UserError, f"{file.name}.*still holds records"):
            file.unlink()
        empty = self.env["sercom.service.file"].create({})
        empty.unlink()
        self.assertFalse(empty.exists())

    def test_one_file_alone_is_no_merge(self):
        file = self._create_request().service_file_id
        with self.assertRaisesRegex(UserError, "at least two"):
            file._merge_into(file)
