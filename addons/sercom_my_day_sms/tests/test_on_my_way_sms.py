from datetime import datetime

from freezegun import freeze_time

from odoo.tests import Form, tagged

from odoo.addons.sercom_timesheets.tests.common import ClockCommon


@tagged("post_install", "-at_install")
class TestOnMyWaySms(ClockCommon):
    """The client hears by text message where the company chose so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(datetime(2026, 11, 3, 13, 30)))
        cls.client_partner.write({"lang": "en_US", "phone": "+1 514 555 0101"})
        cls.company.is_on_my_way_sms = True
        cls.own_job = cls.job.with_user(cls.user_technician)

    def _get_texts(self):
        return self.env["sms.sms"].search([("partner_id", "=", self.client_partner.id)])

    def _get_mails(self):
        domain = [("model", "=", "fsm.order"), ("res_id", "=", self.job.id)]
        return self.env["mail.mail"].search(domain)

    def test_by_text_message(self):
        answer = self.own_job.action_on_my_way()
        self.assertTrue(answer["is_told"])
        message = answer["message"].replace("\u202f", " ")
        self.assertIn("told by text message: between 9:00", message)
        text = self._get_texts()
        self.assertEqual((len(text), text.number.replace(" ", "")), (1, "+15145550101"))
        self.assertIn("Luc Gagnon is on the way", text.body)
        self.assertFalse(self._get_mails())
        self.own_job.action_on_my_way()
        self.assertEqual(len(self._get_texts()), 1)

    def test_who_has_no_number_gets_an_email(self):
        self.client_partner.phone = False
        answer = self.own_job.action_on_my_way()
        self.assertIn("told by e-mail", answer["message"])
        self.assertFalse(self._get_texts())
        self.assertEqual(len(self._get_mails()), 1)

    def test_email_where_the_company_did_not_choose(self):
        self.company.is_on_my_way_sms = False
        self.own_job.action_on_my_way()
        self.assertFalse(self._get_texts())
        self.assertEqual(len(self._get_mails()), 1)

    def test_the_phone_says_by_what(self):
        day = self.env["sercom.my.day"].with_user(self.user_technician)
        visit = day.get_day()["days"][0]["visits"][0]
        self.assertEqual(visit["recipients"][0]["channel"], "sms")

    def test_setting(self):
        form = Form(self.env["res.config.settings"])
        form.is_on_my_way_sms = False
        form.save().execute()
        self.assertFalse(self.company.is_on_my_way_sms)
