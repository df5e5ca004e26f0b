from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import SercomJobsCommon

WORDS = "Marie said yes"


@tagged("post_install", "-at_install")
class TestJobHistory(SercomJobsCommon):
    """What was noted by itself of a service flow stays: for its author and the office too."""

    def _get_note(self, record):
        return record.sudo().message_ids.filtered(lambda note: note.message_type == "notification")

    def _assert_kept(self, user, notes):
        self.assertTrue(notes, user.login)
        for note in notes.with_user(user):
            for act in (note.unlink, lambda note=note: note.write({"body": "Nothing happened"})):
                with self.assertRaises(AccessError, msg=user.login), self.cr.savepoint():
                    act()

    def test_the_office_takes_no_history_away(self):
        job = self._create_job()
        for record in (job, job.service_file_id):
            record.with_user(self.user_dispatcher).message_post(body=WORDS)
        manager = self._create_user("history_manager", "fieldservice.group_fsm_manager")
        for user in (self.user_dispatcher, manager):
            self._assert_kept(user, self._get_note(job))
            self._assert_kept(user, self._get_note(job.service_file_id))

    def test_who_sells_takes_no_history_of_a_quote_away(self):
        order = self._create_quote()
        order.with_user(self.user_salesman).message_post(body=WORDS)
        self._assert_kept(self.user_salesman, self._get_note(order))

    def test_a_comment_is_its_authors(self):
        job = self._create_job()
        own = job.with_user(self.user_dispatcher)
        comment = own.message_post(body=WORDS, message_type="comment")
        comment.write({"body": "Call her"})
        comment.unlink()

    def test_history_goes_with_its_record(self):
        job = self._create_job()
        note = job.message_post(body=WORDS)
        job.with_user(self._create_user("history_boss", "fieldservice.group_fsm_manager")).unlink()
        self.assertFalse(note.exists())
