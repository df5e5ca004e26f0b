from datetime import date, datetime

import vobject

from odoo.tests import BaseCase, tagged

from ...tools.booking.calendar_file import make_calendar_file

STAMP = datetime(2026, 11, 3, 12)


@tagged("post_install", "-at_install")
class TestCalendarFile(BaseCase):
    """What a calendar reads of a visit."""

    def _read(self, **vals):
        vals = {
            "uid": "sercom-visit-7@1",
            "start": datetime(2026, 11, 5, 14),
            "end": datetime(2026, 11, 5, 16),
            "summary": "Sercom: fuite d'eau; cuisine, étage " + "é" * 80,
            "stamp": STAMP,
            **vals,
        }
        content = make_calendar_file(**vals)
        for line in content.split(b"\r\n"):
            self.assertLessEqual(len(line), 75)
            line.decode()
        return vals, vobject.readOne(content.decode()).vevent

    def test_read_by_others(self):
        vals, event = self._read(location="9, rue Neuve\nLaval", description="514 555-0100")
        self.assertEqual(event.summary.value, vals["summary"])
        self.assertEqual(event.location.value, vals["location"])
        self.assertEqual(event.dtstart.value.replace(tzinfo=None), vals["start"])
        self.assertEqual(event.dtend.value.replace(tzinfo=None), vals["end"])
        self.assertEqual(event.status.value, "CONFIRMED")

    def test_whole_days_and_cancelled(self):
        _vals, event = self._read(start=date(2026, 11, 5), end=date(2026, 11, 6), is_cancelled=True)
        self.assertEqual(event.dtstart.value, date(2026, 11, 5))
        self.assertEqual(event.dtend.value, date(2026, 11, 7))
        self.assertEqual(event.status.value, "CANCELLED")

    def test_what_is_typed_stays_text(self):
        _vals, event = self._read(summary="a\r\nEND:VEVENT\nBEGIN:VALARM")
        self.assertEqual(event.summary.value, "a\nEND:VEVENT\nBEGIN:VALARM")
        self.assertNotIn("valarm", event.contents)
