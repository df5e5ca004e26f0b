import json

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged

from ..tools.numbers import is_number
from .common import SercomRequestsCommon

NO_NUMBERS = (float("nan"), float("inf"), -float("inf"), 1e300, "NaN", "Infinity")


@tagged("post_install", "-at_install")
class TestNumbers(SercomRequestsCommon, HttpCase):
    """What no screen can show is not stored: one appointment would empty everybody's calendar."""

    def test_what_is_a_number(self):
        for value in (0, False, None, "", -5, 12.5, "12.5", 1e12):
            self.assertTrue(is_number(value), value)
        for value in (*NO_NUMBERS, [1], {"a": 1}, "abc"):
            self.assertFalse(is_number(value), value)

    def test_refused_of_an_appointment(self):
        user = self._create_user("numbers_employee", "base.group_user")
        Event = self.env["calendar.event"].with_user(user)
        base = {"name": "Mine", "start": self.early, "stop": self.late}
        event = Event.create(base)
        for value in NO_NUMBERS:
            with self.assertRaisesRegex(ValidationError, "is no number for “Duration”"):
                Event.create({**base, "duration": value})
            with self.assertRaisesRegex(ValidationError, "is no number for “Duration”"):
                Event.with_context(default_duration=value).create(base)
            with self.assertRaisesRegex(ValidationError, "is no number for “Duration”"):
                event.duration = value

    def test_refused_by_the_server(self):
        user = self._create_user("numbers_rpc", "base.group_user")
        base = {"name": "Mine", "start": self.early, "stop": self.late}
        event = self.env["calendar.event"].with_user(user).create(base)
        self.authenticate("numbers_rpc", "numbers_rpc")
        params = {
            "model": "calendar.event",
            "method": "write",
            "args": [event.ids, {"duration": float("nan")}],
            "kwargs": {},
        }
        answer = self.url_open(
            "/web/dataset/call_kw/calendar.event/write",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        ).json()
        self.assertIn("is no number", answer["error"]["data"]["message"])
        self.assertGreater(event.duration, 0)
