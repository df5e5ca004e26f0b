from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ..common import ClockCommon
from ..common_hours import HoursCommon

HOUR = timedelta(hours=1)
# Context keys that once opened something; a client can send each of them.
KEYS = {
    "correction_id": 1,
    "from_clock": True,
    "is_hours_confirmed": True,
    "adjustment_reason": "Because",
    "approval_reset": True,
    "hours_change": {"reason": "Because", "is_correction": True},
}
OFFICE = (
    "fieldservice.group_fsm_dispatcher,hr_attendance.group_hr_attendance_user,"
    "hr_timesheet.group_hr_timesheet_approver"
)


@tagged("post_install", "-at_install")
class TestForgedKeys(HoursCommon):
    """What a client writes into the context decides nothing about hours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.env["hr.employee"].create(
            {"name": "Office", "user_id": cls.user_officer.id, "tz": "America/Toronto"}
        )

    def _forge(self, records, user):
        return records.with_user(user).with_context(**KEYS)

    def test_own_hours_are_not_changed(self):
        entry = self._create_entry(employee=self.own)
        with self.assertRaisesRegex(AccessError, "their own hours"):
            self._forge(entry, self.user_officer).write({"check_out": self._at(4)})
        with self.assertRaises(AccessError):
            self._forge(self._create_entry(), self.user_technician).write(
                {"check_out": self._at(4)}
            )

    def test_an_edit_is_recorded_with_who_made_it(self):
        entry = self._create_entry()
        self._forge(entry, self.user_officer).write({"check_out": self._at(4)})
        self.assertRecordValues(
            entry.correction_ids,
            [{"source": "direct", "reason": f"Edited by {self.user_officer.name}"}],
        )

    def test_a_locked_line_says_who_made_the_adjustment(self):
        entry = self._create_entry()
        entry.timesheet_ids.sudo().approval_state = "locked"
        self._forge(entry, self.user_officer).write({"check_out": self._at(4)})
        adjustment = entry.timesheet_ids.filtered("is_adjustment")
        self.assertEqual(adjustment.adjustment_reason, f"Edited by {self.user_officer.name}")

    def test_lines_of_the_clock_stay(self):
        line = self._create_entry().timesheet_ids
        line.with_user(self.user_officer).action_approve()
        forged = self._forge(line, self.user_officer)
        with self.assertRaisesRegex(UserError, "come from the clock"):
            forged.unlink()
        with self.assertRaisesRegex(UserError, "come from the clock"):
            forged.write({"unit_amount": 9.0})
        with self.assertRaises(AccessError):
            self._forge(line, self.user_technician).unlink()
        self.assertEqual(line.unit_amount, 2.0)

    def test_odd_hours_wait_for_somebody(self):
        other = self.env["hr.employee"].create({"name": "Anne Roy"})
        Entry = self._forge(self.env["hr.attendance"], self.user_officer)
        entry = Entry.create(
            {
                "employee_id": other.id,
                "fsm_order_id": self.job.id,
                "check_in": self._at(-20),
                "check_out": self._at(2),
            }
        )
        self.assertEqual(entry.review_reason, "too_long")
        self._create_entry(-20, hours=0)
        ended = self._forge(self.job, self.user_technician).action_clock_out()
        self.assertEqual(ended.sudo().review_reason, "too_long")
        self.assertFalse(ended.sudo().timesheet_ids)

    def test_a_change_after_approval_shows(self):
        entry = self._create_entry()
        entry.timesheet_ids.with_user(self.user_officer).action_approve()
        self._forge(entry, self.user_officer).write({"check_out": self._at(3)})
        self.assertRecordValues(
            entry.timesheet_ids,
            [{"approval_state": "draft", "is_reapproval": True, "approved_by_id": False}],
        )

    def test_what_was_found_stays_for_who_decides(self):
        entry = self._create_entry(hours=0)
        entry.sudo().review_reason = "forgotten"
        proposal = self.env["sercom.clock.correction"].create(
            {"attendance_id": entry.id, "source": "forgotten", "reason": "Nobody clocked out."}
        )
        entry.check_out = self._at(3)
        self._forge(entry, self.user_officer).action_confirm_hours()
        self.assertEqual(proposal.state, "refused")


@tagged("post_install", "-at_install")
class TestForgedKeysByRpc(ClockCommon, HttpCase):
    """The same over the wire, where JSON makes no object of ours."""

    def _call(self, user, model, method, args, context=None, **kwargs):
        self.authenticate(user.login, user.login)
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {
                "model": model,
                "method": method,
                "args": args,
                "kwargs": {"context": {**KEYS, **(context or {})}, **kwargs},
            },
        )

    @classmethod
    def _create_officer(cls):
        user = cls._create_user("forged_officer", OFFICE)
        own = cls.env["hr.employee"].create({"name": "Office", "user_id": user.id})
        return user, own

    def test_a_technician_confirms_no_odd_hours(self):
        entry = self._clock(self.start, False)
        user = self.user_technician
        self._call(user, "fsm.order", "action_clock_out", [self.job.ids])
        entry.invalidate_recordset()
        self.assertTrue(entry.check_out)
        self.assertEqual(entry.review_reason, "too_long")
        self.assertFalse(entry.timesheet_ids)

    @mute_logger("odoo.http")
    def test_a_dispatcher_changes_no_own_hours(self):
        user, own = self._create_officer()
        entry = self._clock(self.start, self.start + HOUR, employee=own)
        vals = {"check_out": str(self.start + 5 * HOUR)}
        with self.assertRaisesRegex(JsonRpcException, "AccessError"):
            self._call(user, "hr.attendance", "write", [entry.ids, vals])
        entry.invalidate_recordset()
        self.assertEqual(entry.clock_hours, 1.0)

    @mute_logger("odoo.http")
    def test_a_dispatcher_deletes_no_line_of_the_clock(self):
        user, _own = self._create_officer()
        line = self._clock(self.start, self.start + HOUR).timesheet_ids
        line.approval_state = "approved"
        with self.assertRaisesRegex(JsonRpcException, "UserError"):
            self._call(user, "account.analytic.line", "unlink", [line.ids])
        self.assertTrue(line.exists())

    def test_a_dispatcher_gives_no_reason_by_a_key(self):
        """``adjustment_reason``, ``hours_change``: a locked line's adjustment says who made it."""
        user, _own = self._create_officer()
        entry = self._clock(self.start, self.start + HOUR)
        entry.timesheet_ids.approval_state = "locked"
        vals = {"check_out": str(self.start + 2 * HOUR)}
        self._call(user, "hr.attendance", "write", [entry.ids, vals])
        entry.invalidate_recordset()
        adjustment = entry.timesheet_ids.filtered("is_adjustment")
        self.assertEqual(adjustment.adjustment_reason, f"Edited by {user.name}")
        self.assertEqual(adjustment.unit_amount, 1.0)
        self.assertEqual((entry.timesheet_ids - adjustment).unit_amount, 1.0, "locked")
        self.assertRecordValues(
            entry.correction_ids, [{"source": "direct", "reason": f"Edited by {user.name}"}]
        )

    def test_a_dispatcher_hides_no_change_after_approval(self):
        """``approval_reset``, ``hours_change``: the line is approved again, and says so."""
        user, _own = self._create_officer()
        entry = self._clock(self.start, self.start + HOUR)
        self._call(user, "account.analytic.line", "action_approve", [entry.timesheet_ids.ids])
        entry.timesheet_ids.invalidate_recordset()
        self.assertEqual(entry.timesheet_ids.approval_state, "approved")
        vals = {"check_out": str(self.start + 2 * HOUR)}
        self._call(user, "hr.attendance", "write", [entry.ids, vals])
        entry.invalidate_recordset()
        self.assertRecordValues(
            entry.timesheet_ids,
            [
                {
                    "unit_amount": 2.0,
                    "approval_state": "draft",
                    "is_reapproval": True,
                    "approved_by_id": False,
                }
            ],
        )

    @mute_logger("odoo.http")
    def test_nobody_types_over_hours_of_the_clock(self):
        user, _own = self._create_officer()
        line = self._clock(self.start, self.start + HOUR).timesheet_ids
        for vals in ({"unit_amount": 9.0}, {"adjustment_reason": "Because"}):
            for who in (user, self.user_technician):
                with (
                    self.subTest(user=who.login, vals=vals),
                    self.assertRaisesRegex(JsonRpcException, "(Access|User)Error"),
                ):
                    self._call(who, "account.analytic.line", "write", [line.ids, vals])
        line.invalidate_recordset()
        self.assertRecordValues(line, [{"unit_amount": 1.0, "adjustment_reason": False}])
