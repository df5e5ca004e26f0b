from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import ClockCommon

HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestTopBar(ClockCommon):
    """Odoo's own buttons: the top bar and the kiosk."""

    def _tap(self, moment, times=1):
        with freeze_time(moment):
            for _time in range(times):
                self.env.invalidate_all()
                self.employee._attendance_action_change()

    def _get_open(self):
        return self.employee.attendance_ids.filtered(lambda entry: not entry.check_out)

    def test_taps_within_a_second_lock_nobody_out(self):
        for taps in range(1, 6):
            moment = self.start + taps * 2 * HOUR
            self._tap(moment, taps)
            state = "checked_in" if taps % 2 else "checked_out"
            with self.subTest(taps=taps):
                self.assertEqual(self.employee.attendance_state, state)
                self.assertEqual(len(self._get_open()), taps % 2)
                with freeze_time(moment + HOUR):
                    clock = self.env["hr.attendance"].with_user(self.user_technician)
                    entry = clock.get_clock_state()["entry_id"]
                    self.assertEqual(entry, self._get_open().id)
            if taps % 2:
                self._tap(moment + HOUR)
            self.assertEqual(self.employee.attendance_state, "checked_out")
            self.assertFalse(self._get_open())

    def test_one_more_tap_clocks_out_on_the_phone(self):
        self._tap(self.start, 3)
        with freeze_time(self.start + HOUR):
            ended = self.env["hr.attendance"].with_user(self.user_technician).punch("end")
        self.assertEqual(ended.sudo().clock_hours, 1.0)
