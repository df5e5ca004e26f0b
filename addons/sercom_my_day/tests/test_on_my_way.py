from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sercom_timesheets.tests.common import ClockCommon


@tagged("post_install", "-at_install")
class TestOnMyWay(ClockCommon):
    """The client hears once per visit when to expect somebody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = datetime(2026, 11, 3, 13, 30)
        cls.startClassPatcher(freeze_time(cls.now))
        cls.client_partner.lang = "en_US"
        cls.own_job = cls.job.with_user(cls.user_technician)
        cls.visit = cls.job.assignment_ids

    def _get_mails(self):
        return self.env["mail.mail"].search(
            [("model", "=", "fsm.order"), ("res_id", "=", self.job.id)]
        )

    def test_client_is_told_once(self):
        answer = self.own_job.action_on_my_way()
        self.assertTrue(answer["is_told"])
        # Nobody knows from where: it is the planned time, 9:00 in Montréal.
        self.assertIn("between 9:00", answer["message"].replace("\u202f", " "))
        mail = self._get_mails()
        self.assertEqual(mail.recipient_ids, self.client_partner)
        self.assertIn("is on the way", mail.subject)
        self.assertIn("9:00", mail.body_html)
        self.assertIn("9:30", mail.body_html)
        self.assertEqual(self.visit.on_my_way_on, self.now)
        self.assertIn("told by e-mail", "".join(self.job.message_ids.mapped("body")))
        again = self.own_job.action_on_my_way()
        self.assertFalse(again["is_told"])
        self.assertIn("already told at", again["message"])
        self.assertEqual(len(self._get_mails()), 1)

    def test_second_of_a_crew_tells_nobody(self):
        self.own_job.action_on_my_way()
        other = self._create_user("other_technician", "fieldservice.group_fsm_user_own")
        self.anne.user_id = other
        self._assign(self.job, self.anne)
        answer = self.job.with_user(other).action_on_my_way()
        self.assertFalse(answer["is_told"])
        self.assertEqual(len(self._get_mails()), 1)
        blocks = self.job.assignment_ids
        self.assertEqual(blocks.mapped("on_my_way_on"), [self.now, self.now])

    def test_next_day_is_another_visit(self):
        self.own_job.action_on_my_way()
        self._assign(start=self.start + timedelta(days=1))
        with freeze_time(self.now + timedelta(days=1)):
            self.assertTrue(self.own_job.action_on_my_way()["is_told"])
        self.assertEqual(len(self._get_mails()), 2)

    def test_window_by_distance(self):
        self.company.write(
            {"sercom_travel_speed": 60, "sercom_travel_detour": 1.5, "sercom_travel_margin": 5}
        )
        self.own_job.action_on_my_way(distance_km=20.0)  # 30 km, 30 minutes, and 5
        self.assertEqual(self.job.arrival_early, datetime(2026, 11, 3, 14, 5))
        self.assertEqual(self.job.arrival_late, datetime(2026, 11, 3, 14, 35))

    def test_client_without_email(self):
        self.client_partner.email = False
        answer = self.own_job.action_on_my_way()
        self.assertFalse(answer["is_told"])
        self.assertIn("call them", answer["message"])
        self.assertFalse(self._get_mails())
        self.assertTrue(self.visit.on_my_way_on)

    def test_contact_on_site_is_told(self):
        contact = self.env["res.partner"].create({"name": "Paul", "email": "paul@example.com"})
        self.job.contact_id = contact
        self.own_job.action_on_my_way()
        self.assertEqual(self._get_mails().recipient_ids, contact)

    def test_who_and_when_as_the_user_says(self):
        contact = self.env["res.partner"].create({"name": "Paul", "email": "paul@example.com"})
        self.job.contact_id = contact
        answer = self.own_job.action_on_my_way(
            partner_id=self.client_partner.id, arrival=self.now + timedelta(minutes=47)
        )
        self.assertEqual(self._get_mails().recipient_ids, self.client_partner)
        self.assertEqual(self.job.notified_partner_id, self.client_partner)
        self.assertEqual(self.job.arrival_early, datetime(2026, 11, 3, 14, 15))
        self.assertIn("Marie Tremblay", answer["message"])

    def test_nobody_else_is_told(self):
        other = self.env["res.partner"].create({"name": "Eve", "email": "eve@example.com"})
        self.own_job.action_on_my_way(partner_id=other.id, arrival=self.now + timedelta(days=30))
        self.assertEqual(self._get_mails().recipient_ids, self.client_partner)
        self.assertEqual(self.job.arrival_early, self.start)  # as if nothing had been said

    def test_too_late_to_be_true(self):
        with self.assertRaisesRegex(UserError, "too late"):
            self.own_job.action_on_my_way(moment=self.now - timedelta(minutes=31))
        self.assertFalse(self._get_mails())

    def test_in_the_language_of_the_client(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        template = self.env.ref("sercom_my_day.mail_template_on_my_way")
        template.with_context(lang="fr_CA").subject = "En route"
        self.client_partner.lang = "fr_CA"
        self.own_job.action_on_my_way()
        self.assertEqual(self._get_mails().subject, "En route")

    def test_not_on_another_day_or_job(self):
        with (
            freeze_time(self.now + timedelta(days=3)),
            self.assertRaisesRegex(UserError, "not planned"),
        ):
            self.own_job.action_on_my_way()
        other = self._create_job()
        self._assign(other, self.anne)
        with self.assertRaises(AccessError):
            other.with_user(self.user_technician).action_on_my_way()

    def test_not_to_a_job_that_is_over(self):
        self.job.action_cancel()
        with self.assertRaisesRegex(UserError, "not planned|is over"):
            self.own_job.action_on_my_way()
