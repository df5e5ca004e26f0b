from datetime import datetime, timedelta
from uuid import uuid4

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.sercom_requests.tests.common import PIXEL
from odoo.addons.sercom_timesheets.tests.common import ClockCommon


@tagged("post_install", "-at_install")
class TestMyDayRefusals(ClockCommon):
    """What is refused takes nothing else with it, and is lost to nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = datetime(2026, 11, 3, 15)
        cls.startClassPatcher(freeze_time(cls.now))
        cls.day = cls.env["sercom.my.day"].with_user(cls.user_technician)

    def _make(self, kind, minutes_ago=0, **vals):
        moment = self.now - timedelta(minutes=minutes_ago)
        return {
            "uuid": str(uuid4()),
            "kind": kind,
            "moment": fields.Datetime.to_string(moment),
            "job_id": self.job.id,
            **vals,
        }

    def _sync(self, *actions, user=None, **kwargs):
        day = self.day.with_user(user) if user else self.day
        return day.sync(list(actions), **kwargs)["results"]

    def test_clock_ends_whatever_becomes_of_the_completion(self):
        """Also for a page of before, which sent both as one."""
        line = {"name": "Gas off", "kind": "check"}
        checklist = self.env["sercom.checklist"].create(
            {"name": "Heater", "line_ids": [Command.create(line)]}
        )
        self.env["sercom.job.check"].create(
            {
                **line,
                "fsm_order_id": self.job.id,
                "checklist_id": checklist.id,
                "checklist_line_id": checklist.line_ids.id,
                "is_required": True,
            }
        )
        self._sync(self._make("punch", 60, punch="start"))
        complete = self._make("complete", 5, clock_out=True, signature=PIXEL.decode())
        result = self._sync(complete)[0]
        self.assertEqual(result["status"], "refused")
        self.assertIn("Gas off", result["message"])
        entry = self.employee.attendance_ids
        self.assertEqual(entry.check_out, self.now - timedelta(minutes=5))
        self.assertNotEqual(self.job.state, "done")
