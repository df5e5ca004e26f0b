from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from .test_assignment_concurrency import PlanningParallelCase

VISITS = 4


class KilledError(BaseException):
    """What a worker that is killed leaves: nothing of its transaction."""


@tagged("post_install", "-at_install")
class TestNoticeConcurrency(PlanningParallelCase):
    """Each message is sent once, whatever happens to who sends it."""

    def setUp(self):
        super().setUp()
        person, jobs = self.base["people"][0], self.base["jobs"][:VISITS]

        def confirm(env):
            env["hr.employee"].browse(person).work_email = "parallel@example.com"
            for hour, job in enumerate(jobs):
                ids = self._book(job, [person], hour=3 * hour)(env)
                env["sercom.assignment"].browse(ids).action_confirm()
            events = env["fsm.order"].browse(jobs).assignment_ids.calendar_event_id
            rows = env["sercom.appointment.notice"].search([("event_id", "in", events.ids)])
            rows.date_due = fields.Datetime.now()
            return events.ids

        self.events = self._run(confirm)
        self.addCleanup(self._run, self._delete_events)

    def _delete_events(self, env):
        env["mail.mail"].search(self._get_domain()).unlink()
        env["calendar.event"].browse(self.events).exists().unlink()

    def _get_domain(self):
        return [("model", "=", "calendar.event"), ("res_id", "in", self.events)]

    def _get_told(self):
        """Events that somebody was told of, once for each message."""

        def read(env):
            return sorted(env["mail.message"].search(self._get_domain()).mapped("res_id"))

        return self._run(read)

    @staticmethod
    def _send(env):
        env["sercom.appointment.notice"]._cron_send()

    def test_killed_in_the_middle_nothing_is_lost_or_told_twice(self):
        Attendee, sent = self.registry["calendar.attendee"], []
        notify = Attendee._notify_attendees

        def notify_until_killed(attendees, *args, **kwargs):
            res = notify(attendees, *args, **kwargs)
            sent.append(attendees.event_id.id)
            if len(sent) == 3:
                raise KilledError
            return res

        with (
            patch.object(Attendee, "_notify_attendees", notify_until_killed),
            self.assertRaises(KilledError),
        ):
            self._run(self._send)
        self.assertEqual(self._get_told(), sorted(sent[:2]), "the third goes with its transaction")
        self._run(self._send)
        self.assertEqual(self._get_told(), sorted(self.events))
        self._run(self._send)
        self.assertEqual(self._get_told(), sorted(self.events))

    def test_two_workers_send_each_message_once(self):
        self._run_together([self._send, self._send])
        self._run(self._send)
        self.assertEqual(self._get_told(), sorted(self.events))
