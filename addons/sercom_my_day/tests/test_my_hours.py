from datetime import datetime, timedelta
from uuid import uuid4

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from odoo.addons.sercom_timesheets.tests.common import ClockCommon

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestMyHours(ClockCommon):
    """The technician reads their own hours on the phone, and proposes what was otherwise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(datetime(2026, 11, 5, 20)))  # a Thursday
        cls.user_technician.lang = "en_US"
        cls.day = cls.env["sercom.my.day"].with_user(cls.user_technician)

    def _get_days(self, **kwargs):
        weeks = self.day.get_hours(**kwargs)["weeks"]
        return {day["date"]: day for week in weeks for day in week["days"]}

    def _get_entry(self, date="2026-11-03"):
        return self._get_days()[date]["entries"][0]

    def _propose(self, **vals):
        action = {
            "uuid": str(uuid4()),
            "kind": "correction",
            "moment": fields.Datetime.to_string(fields.Datetime.now()),
            "date": "2026-11-03",
            "start": "09:00",
            "end": "12:00",
            "job_id": self.job.id,
            "reason": "I forgot",
            **vals,
        }
        return self.day.sync([action])["results"][0]

    def test_weeks_and_days(self):
        self._clock(self.start, self.start + 2 * HOUR)
        self._clock(self.start - timedelta(days=7), self.start - timedelta(days=7) + HOUR)
        self._clock(self.start + 3 * HOUR, self.start + 4 * HOUR, employee=self.anne)
        answer = self.day.get_hours()
        self.assertEqual(
            [(week["start"], week["end"], week["hours"]) for week in answer["weeks"]],
            [("2026-11-01", "2026-11-07", 2.0), ("2026-10-25", "2026-10-31", 1.0)],
        )
        tuesday = answer["weeks"][0]["days"][2]
        self.assertEqual((tuesday["date"], tuesday["hours"]), ("2026-11-03", 2.0))
        entry = tuesday["entries"][0]
        self.assertEqual(
            (entry["start"], entry["end"], entry["job_name"], entry["client"]),
            ("2026-11-03 14:00:00", "2026-11-03 16:00:00", self.job.name, "Marie Tremblay"),
        )
        self.assertEqual([job["id"] for job in tuesday["jobs"]], self.job.ids)
        self.assertFalse(answer["weeks"][0]["pay_sheets"])

    def test_a_night_is_in_both_days(self):
        """22:00 to 6:00 over the clock change is 9 hours: 2 and 7."""
        self._clock(datetime(2026, 11, 1, 2), datetime(2026, 11, 1, 11))
        days = self._get_days()
        self.assertEqual(days["2026-10-31"]["hours"], 2.0)
        self.assertEqual(days["2026-11-01"]["hours"], 7.0)
        self.assertEqual(
            days["2026-10-31"]["entries"][0]["id"], days["2026-11-01"]["entries"][0]["id"]
        )

    def test_states(self):
        entry = self._clock(self.start, self.start + 2 * HOUR)
        self.assertEqual(self._get_entry()["state"], "waiting")
        entry.timesheet_ids.action_approve()
        self.assertEqual(self._get_entry()["state"], "approved")
        entry.timesheet_ids.action_lock()
        self.assertEqual(self._get_entry()["state"], "locked")
        other = self._clock(
            self.start + 3 * HOUR,
            self.start + 4 * HOUR,
            job=self.env["fsm.order"],
            work_type="other",
        )
        other.sudo().review_reason = "too_long"
        entries = self._get_days()["2026-11-03"]["entries"]
        self.assertEqual([one["state"] for one in entries], ["locked", "review"])
        other.sudo().review_reason = False
        entries = self._get_days()["2026-11-03"]["entries"]
        self.assertEqual(entries[1]["state"], "clocked")
        self.job.with_user(self.user_technician).action_clock_in()
        self.assertEqual(self._get_entry("2026-11-05")["state"], "running")

    def test_no_price_and_no_cost(self):
        self.employee.hourly_cost = 12345.0
        self.job.sale_line_ids.price_unit = 54321.0
        self._clock(self.start, self.start + 2 * HOUR)
        answer = repr(self.day.get_hours())
        for word in ("12345", "54321", "price", "cost", "amount"):
            self.assertNotIn(word, answer)

    def test_propose_and_decide(self):
        entry = self._clock(self.start + timedelta(seconds=20), self.start + 2 * HOUR)
        result = self._propose(attendance_id=entry.id)
        self.assertEqual((result["status"], "supervisor" in result["message"]), ("done", True))
        correction = entry.correction_ids.filtered(lambda one: one.state == "proposed")
        # To the minute nothing is different about the start.
        self.assertEqual(correction.new_check_in, entry.check_in)
        self.assertEqual(correction.new_check_out, self.start + 3 * HOUR)
        self.assertEqual((correction.source, correction.reason), ("technician", "I forgot"))
        shown = self._get_entry()["correction"]
        self.assertEqual((shown["state"], shown["end"]), ("proposed", "2026-11-03 17:00:00"))
        self.assertEqual(entry.check_out, self.start + 2 * HOUR)
        correction.action_refuse("You left at noon")
        self.assertEqual(self._get_entry()["correction"]["note"], "You left at noon")

    def test_missing_entry_stands_where_it_belongs(self):
        for hours in (0, 6):
            self._clock(self.start + hours * HOUR, self.start + (hours + 1) * HOUR)
        self._propose(start="11:00", end="12:00")
        entries = self._get_days()["2026-11-03"]["entries"]
        self.assertEqual([bool(entry["id"]) for entry in entries], [True, False, True])

    def test_missing_entry(self):
        self.assertEqual(self._propose()["status"], "done")
        entry = self._get_entry()
        self.assertEqual((entry["id"], entry["state"], entry["hours"]), (False, "missing", 0.0))
        correction = self.env["sercom.clock.correction"].browse(entry["correction"]["id"])
        self.assertEqual(correction.new_check_in, self.start)
        correction.action_accept()
        entry = self._get_entry()
        self.assertEqual((entry["state"], entry["hours"]), ("waiting", 3.0))

    def test_over_midnight(self):
        self._propose(start="22:00", end="02:00")
        correction = self.env["sercom.clock.correction"].search([], limit=1)
        self.assertEqual(correction.new_hours, 4.0)

    def test_without_job(self):
        self.assertEqual(self._propose(job_id=None, work_type="other")["status"], "done")
        correction = self.env["sercom.clock.correction"].search([], limit=1)
        self.assertFalse(correction.new_fsm_order_id)

    def test_what_is_refused(self):
        entry = self._clock(self.start, self.start + 2 * HOUR)
        other = self._clock(self.start, self.start + HOUR, employee=self.anne)
        foreign = self._create_job()
        for vals, words in (
            ({"attendance_id": entry.id, "end": "11:00"}, "Nothing is different"),
            ({"attendance_id": entry.id, "reason": " "}, "say why"),
            ({"attendance_id": other.id}, "no longer there"),
            ({"start": "soon"}, "Say from when"),
            ({"date": "2026-11-04", "job_id": foreign.id}, "none of yours"),
            ({"end": "10:30"}, "overlaps"),
        ):
            result = self._propose(**vals)
            self.assertEqual(result["status"], "refused", vals)
            self.assertIn(words, result["message"])
        self.assertFalse((entry | other).correction_ids)

    def test_queries_do_not_grow(self):
        self._fill(2)
        few = self._count_queries()
        self._fill(12)
        self.assertEqual(self._count_queries(), few)

    def _fill(self, count):
        for number in range(count):
            job = self._create_billable_job()
            start = self.start - timedelta(days=1) + len(self._get_all()) * HOUR
            self._clock(start, start + HOUR / 2, job=job)
            self._propose(attendance_id=self._get_all()[-1].id, date="2026-11-04", end="23:59")
            self.assertTrue(number < count)

    def _get_all(self):
        return self.env["hr.attendance"].search(
            [("employee_id", "=", self.employee.id)], order="id"
        )

    def _count_queries(self):
        self.day.get_hours()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.day.get_hours()
        return self.env.cr.sql_log_count - before
