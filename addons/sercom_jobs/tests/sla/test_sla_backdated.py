from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import NOW, SercomSlaCommon


@tagged("post_install", "-at_install")
class TestSlaBackdated(SercomSlaCommon):
    """A time told after its deadline counts, and stays visible."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_job(person_id=cls.worker.id)
        cls.job.action_start()
        cls.late = cls.job.sla_deadline + timedelta(hours=1)
        cls.early = cls.job.sla_deadline - timedelta(minutes=30)

    def _get_messages(self):
        return "".join(self.job.message_ids.mapped("body"))

    def test_office_says_why_a_time_is_changed(self):
        with freeze_time(self.late):
            self.job.action_complete()
            self.assertEqual(self.job.sla_status, "missed")
            job = self.job.with_user(self.user_dispatcher)
            with self.assertRaisesRegex(UserError, "Say why"), self.cr.savepoint():
                job.date_end = self.early
            job.write({"date_end": self.early, "time_change_reason": "Forgot to tap"})
        self.assertEqual(self.job.sla_status, "met")
        for text in ("Forgot to tap", self.user_dispatcher.name):
            self.assertIn(text, self.job.sla_backdated_note)
            self.assertIn(text, self._get_messages())

    def test_phone_that_tells_later_leaves_a_mark(self):
        with freeze_time(self.late):
            own = self.job.with_user(self.user_technician)
            answer = own.action_complete_on_site({"moment": str(self.early)})
        self.assertEqual(answer["state"], "done")
        self.assertEqual(self.job.sla_status, "met")
        self.assertIn(self.user_technician.name, self.job.sla_backdated_note)

    def test_in_time_leaves_none(self):
        with freeze_time(self.early):
            self.job.with_user(self.user_technician).action_complete()
        self.assertEqual(self.job.sla_status, "met")
        self.assertFalse(self.job.sla_backdated_note)
        with freeze_time(self.late):
            self.job.with_user(self.user_dispatcher).date_end = self.early - timedelta(minutes=1)
        self.assertFalse(self.job.sla_backdated_note)

    def test_a_pause_told_afterwards_says_why(self):
        with freeze_time(self.late):
            Pause = self.env["sercom.sla.pause"].with_user(self.user_dispatcher)
            vals = {"fsm_order_id": self.job.id, "date_start": NOW, "date_end": self.early}
            with self.assertRaisesRegex(ValidationError, "says why"), self.cr.savepoint():
                Pause.create(vals)
            pause = Pause.create({**vals, "reason": "Client was away"})
        self.assertEqual(pause.user_id, self.user_dispatcher)
