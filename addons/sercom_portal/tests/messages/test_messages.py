from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.mail.tests.common import MailCommon

from ..booking.test_booking import BookingCommon

LATER = timedelta(minutes=30)


@tagged("post_install", "-at_install")
class TestMessages(MailCommon, BookingCommon):
    """What clients are written by itself: once, by day, in their language, nothing that is gone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_CA")
        cls.company.partner_id.tz = "America/Toronto"
        cls.messages = cls.env["sercom.client.message"].sudo()
        cls.messages._ensure_list(cls.company)
        cls.rows = {
            row.kind: row for row in cls.messages.search([("company_id", "=", cls.company.id)])
        }
        cls.tenant.lang = "fr_CA"

    def _turn_on(self, *kinds, **vals):
        for kind in kinds:
            self.rows[kind].write({"is_on": True, **vals})

    def _send(self, after=timedelta()):
        """What clients get when the scheduled action runs."""
        with freeze_time(fields.Datetime.now() + after), self.mock_mail_gateway():
            self.messages._cron_send()
        return self._new_mails

    def _book(self, days=3):
        self.block = self._assign(
            self.waiting, start=fields.Datetime.now() + timedelta(days=days), state="confirmed"
        )
        self._touch()
        return self.block

    def _touch(self):
        """The plan was changed now, by the clock of the test and not by the database's."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sercom_assignment SET write_date = %s WHERE id = %s",
            (fields.Datetime.now(), self.block.id),
        )
        self.block.invalidate_recordset()

    def test_nothing_until_it_is_turned_on(self):
        on = {kind for kind, row in self.rows.items() if row.is_on}
        self.assertEqual(on, {"request"})

    @freeze_time("2026-11-06 15:00:00")  # 10:00 in Montréal
    def test_booked_moved_and_cancelled(self):
        self._book(days=2)
        self._turn_on("booked", "moved", "cancelled")
        mail = self._send(LATER)
        self.assertEqual(mail.recipient_ids, self.tenant, "who is met on site")
        self.assertEqual(mail.attachment_ids.mapped("name"), ["visit.ics"])
        self.assertIn("/my/requests/", mail.body_html)
        self.assertEqual(mail.model, "sercom.service.file", "it stands on the time line")
        self.assertFalse(self._send(LATER), "once")
        self.block.date_start += timedelta(hours=3)
        self._touch()
        self.assertFalse(self._send(), "not before it has come to rest")
        self.assertEqual(len(self._send(LATER)), 1)
        self.assertFalse(self._send(LATER))
        self.block.action_cancel()
        self._touch()
        self.assertEqual(len(self._send(LATER)), 1)
        self.assertFalse(self._send(LATER))

    @freeze_time("2026-11-06 15:00:00")
    def test_reminder_by_day_and_not_of_what_is_cancelled(self):
        self._book(days=1)
        self._turn_on("reminder")
        self.rows["reminder"].with_context(lang="fr_CA").text = "Dégagez le passage."
        with freeze_time("2026-11-07 03:30:00"):  # 22:30 in Montréal
            self.assertFalse(self._send())
        self.block.state = "draft"
        with freeze_time("2026-11-07 13:30:00"):
            self.assertFalse(self._send(), "nobody was promised it")
        self.block.state = "confirmed"
        with freeze_time("2026-11-07 13:30:00"):
            mail = self._send()
            self.assertIn("Dégagez le passage.", mail.body_html)
            self.assertFalse(self._send())
        self.assertEqual(mail.recipient_ids, self.tenant)

    def test_payment_quote_and_review(self):
        # The work is over by then, whatever day it is.
        day = max(fields.Datetime.now(), self.visit_start + timedelta(days=1))
        with freeze_time(day.replace(hour=17, minute=0)):
            self._turn_on("payment", "quote", "review")
            self.rows["review"].write({"url": "https://example.com/review", "delay_hours": 0})
            self.rows["review"].on_since = "2026-01-01 00:00:00"
            self.rows["payment"].on_since = "2026-01-01 00:00:00"
            self.open_quote.validity_date = fields.Date.today() + timedelta(days=2)
            invoice = self._complete_and_bill()
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            ).create({}).action_create_payments()
            bodies = " ".join(self._send(timedelta(minutes=1)).mapped("body_html"))
            self.assertIn(invoice.name, bodies)
            self.assertIn(self.open_quote.name, bodies)
            self.assertIn("https://example.com/review", bodies)
            self.assertFalse(self._send(timedelta(minutes=2)))

    def test_a_request_is_thanked_or_not(self):
        lead = self._create_request(partner_id=self.client.id, fsm_location_id=self.building.id)
        for is_on in (True, False):
            self.rows["request"].is_on = is_on
            with self.mock_mail_gateway():
                self.env["sercom.web.request"].sudo()._send_thanks(lead, self.client)
            self.assertEqual(bool(self._new_mails), is_on)

    def test_who_keeps_the_list(self):
        groups = "base.group_system,fieldservice.group_fsm_manager"
        keeper = new_test_user(self.env, "keeper", groups)
        action = self.messages.with_user(keeper).action_open_list()
        self.assertEqual(action["res_model"], "sercom.client.message")
        self.rows["review"].with_user(keeper).write({"is_on": True})
        self.assertTrue(self.rows["review"].on_since)
        with self.assertRaises(AccessError):
            self.messages.with_user(self.user_dispatcher).action_open_list()
        with self.assertRaises(AccessError):
            self.rows["quote"].with_user(self.user_dispatcher).is_on = True
