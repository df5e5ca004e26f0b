import base64
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.sercom_requests.tests.common import PIXEL
from odoo.addons.sercom_timesheets.tests.common import ClockCommon

PIECES = "odoo.addons.sercom_my_day.models.sercom_my_day_pieces"


@tagged("post_install", "-at_install")
class TestMyDayPieces(ClockCommon):
    """Photos in pieces: what came through is not sent again, and makes one photo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.env["sercom.my.day"].with_user(cls.user_technician)
        cls.photo = base64.b64decode(PIXEL)

    def _put(self, uuid, start, end, user=None):
        data = base64.b64encode(self.photo[start:end]).decode()
        day = self.day.with_user(user or self.user_technician)
        return day.put_piece(uuid, start, data)["received"]

    def _finish(self, uuid):
        action = {"uuid": uuid, "kind": "photo", "job_id": self.job.id, "size": len(self.photo)}
        return self.day.sync([action])["results"][0]

    def test_pieces_make_a_photo(self):
        uuid = str(uuid4())
        self.assertEqual(self._put(uuid, 0, 10), 10)
        self.assertEqual(self._put(uuid, 0, 10), 10, "sent again, as the answer was lost")
        self.assertEqual(self._put(uuid, 20, 30), 10, "one before it is missing")
        self.assertEqual(self._put(uuid, 10, len(self.photo)), len(self.photo))
        self.assertEqual(self._finish(uuid)["status"], "done")
        self.assertEqual(len(self.job.photo_ids), 1)
        self.assertEqual(self._finish(uuid)["status"], "done")
        self.assertEqual(len(self.job.photo_ids), 1)
        self.assertFalse(self.env["sercom.phone.piece"].search([]))

    def test_photo_that_is_not_whole(self):
        uuid = str(uuid4())
        self._put(uuid, 0, 10)
        result = self._finish(uuid)
        self.assertEqual(result["status"], "refused")
        self.assertIn("did not arrive whole", result["message"])

    def test_pieces_of_somebody_else(self):
        uuid = str(uuid4())
        self._put(uuid, 0, 10)
        other = self._create_user("my_day_other", "fieldservice.group_fsm_user_own")
        self.assertEqual(self._put(uuid, 0, 20, user=other), 20)
        self.assertEqual(self._put(uuid, 10, len(self.photo)), len(self.photo))
        answer = self.day.put_piece(uuid, 0, "AAAA", user_id=other.id)
        self.assertEqual(answer, {"user_id": self.user_technician.id, "received": 0})
        self.assertFalse(self.env["sercom.phone.piece"].with_user(other).has_access("read"))

    def test_what_is_no_piece(self):
        for uuid, data in ((str(uuid4()), "%%%"), (str(uuid4()), ""), ("x", "AAAA")):
            with self.assertRaisesRegex(UserError, "did not arrive whole"):
                self.day.put_piece(uuid, 0, data)
        portal = new_test_user(self.env, "my_day_pieces_portal", "base.group_portal")
        with self.assertRaises(AccessError):
            self.day.with_user(portal).put_piece(str(uuid4()), 0, "AAAA")

    def test_so_much_on_the_way_and_no_more(self):
        uuid = str(uuid4())
        self._put(uuid, 0, 20)
        with patch(f"{PIECES}.MAX_PHOTO", 10), self.assertRaisesRegex(UserError, "Too many"):
            self._put(uuid, 20, 30)
        with patch(f"{PIECES}.MAX_ON_THE_WAY", 10), self.assertRaisesRegex(UserError, "Too many"):
            self._put(str(uuid4()), 0, 10)
        self.assertEqual(self._put(uuid, 20, 30), 30)

    def test_old_pieces_are_dropped(self):
        self._put(str(uuid4()), 0, 10)
        with freeze_time(fields.Datetime.now() + timedelta(days=9)):
            self.env["sercom.phone.piece"]._gc_old()
        self.assertFalse(self.env["sercom.phone.piece"].search([]))
