from datetime import datetime, timedelta
from uuid import uuid4

from freezegun import freeze_time

from odoo import fields

from odoo.addons.sercom_timesheets.tests.common import ClockCommon


class MyDayCommon(ClockCommon):
    """The phone of a technician, at 10:00 of a Tuesday in Montréal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = datetime(2026, 11, 3, 15)
        cls.startClassPatcher(freeze_time(cls.now))
        cls.day = cls.env["sercom.my.day"].with_user(cls.user_technician)

    def _make(self, kind, minutes_ago=0, **vals):
        """An action of the phone, on the technician's job unless ``vals`` say another."""
        moment = self.now - timedelta(minutes=minutes_ago)
        return {
            "uuid": str(uuid4()),
            "kind": kind,
            "moment": fields.Datetime.to_string(moment),
            "job_id": self.job.id,
            **vals,
        }

    def _sync(self, *actions, user=None, **kwargs):
        """Send actions, and answer what became of each."""
        day = self.day.with_user(user) if user else self.day
        return day.sync(list(actions), **kwargs)["results"]
