from odoo.tests import HttpCase, tagged

from ..common import ClockCommon

# What the top bar and the kiosk send, three times at once, from a page of the web client.
TAPS = """
    const tap = () => fetch("%s", {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({jsonrpc: "2.0", method: "call", params: %s}),
    }).then((answer) => answer.json());
    const clicks = Array.from({length: %d}, tap);
    Promise.all(clicks).then((answers) => {
        const errors = answers.filter(({error}) => error).map(({error}) => error.data.message);
        if (errors.length) {
            console.error(errors.join(" "));
        } else {
            console.log("test successful");
        }
    });
"""


@tagged("post_install", "-at_install")
class TestTapsOverHttp(HttpCase, ClockCommon):
    """Odoo's own clock, in a browser, over HTTP, with the clock running."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_technician.password = "technician"
        cls.user_technician.tz = "America/Toronto"

    def _tap(self, route, params="{}", times=3):
        self.browser_js(
            "/odoo",
            TAPS % (route, params, times),
            "odoo.isReady",
            login=self.user_technician.login,
        )
        self.env.invalidate_all()
        return self.employee.attendance_ids.filtered(lambda entry: not entry.check_out)

    def test_three_taps_on_the_top_bar_within_a_second(self):
        still_open = self._tap("/hr_attendance/systray_check_in_out")
        self.assertEqual(len(still_open), 1)
        self.assertEqual(self.employee.attendance_state, "checked_in")
        # Nobody is locked out: the next tap ends it, and three more leave one open again.
        self.assertFalse(self._tap("/hr_attendance/systray_check_in_out", times=1))
        self.assertEqual(self.employee.attendance_state, "checked_out")
        self.assertEqual(len(self._tap("/hr_attendance/systray_check_in_out")), 1)

    def test_three_taps_on_the_kiosk_and_the_top_bar_ends_it(self):
        self.company.attendance_kiosk_use_pin = False
        params = (
            f'{{token: "{self.company.attendance_kiosk_key}", employee_id: {self.employee.id},'
            " pin_code: false}"
        )
        self.assertEqual(len(self._tap("/hr_attendance/manual_selection", params)), 1)
        self.assertEqual(self.employee.attendance_state, "checked_in")
        self.assertFalse(self._tap("/hr_attendance/systray_check_in_out", times=1))
        self.assertEqual(self.employee.attendance_state, "checked_out")
