import json

from odoo.tests import tagged

from .test_my_day_accessibility import AccessibilityCase

# Where each thing that can be tapped is: of the screen, and of the clock above it.
PLACES = """(() => Object.fromEntries(
    [...document.querySelectorAll("button, a, label.button, input, textarea, summary")]
    .filter((el) => el.offsetParent && !el.closest(".status, .notices"))
    .map((el, index) => { const box = el.getBoundingClientRect();
        return [`${index} ${el.tagName} ${el.className}`, [box.x, box.y].map(Math.round)]; })))()"""
# What the line says and how high it is in full, by its place: to be read also at its smallest.
LINE = """(() => { const line = document.querySelector(".status .strip");
    const words = line.querySelector("span");
    return [words.innerText, words.scrollHeight - words.clientHeight,
        line.scrollHeight - line.clientHeight]; })()"""
NOTE_SCREENS = ("notes", "outbox")  # which show what is written


@tagged("post_install", "-at_install", "slow")
class TestMyDayStill(AccessibilityCase):
    """What is tapped stays where it is, whatever the page has to tell meanwhile."""

    def _read_places(self, phone):
        """Where what can be tapped is on each screen: ``{screen: {name: [x, y]}}``."""
        return {screen: phone.run(PLACES) for screen in self._go_everywhere(phone)}

    def _assert_still(self, before, after, changed=()):
        for screen, places in before.items():
            if not screen.endswith(tuple(changed)):
                self.assertEqual(after[screen], places, screen)

    def _assert_whole(self, phone):
        words, *hidden = phone.run(LINE)
        self.assertLessEqual(max(hidden), 1, words)

    def _check_strips(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            phone.wait_until_kept()
            phone.see(".status")
            before = self._read_places(phone)
            self.assertGreater(len(before[""]), 8, "nothing was measured")
            phone.cut_network()
            phone.run("window.dispatchEvent(new Event('offline'))")
            phone.see("[data-strip=network]")
            self._assert_still(before, self._read_places(phone))
            self._assert_whole(phone)
            self._go(phone, f"job/{self.job.id}/notes")
            phone.type("[data-field=note]", "Valve leaks")
            phone.tap("[data-action=note]")
            phone.see("[data-strip=outbox]")
            self._assert_still(before, self._read_places(phone), NOTE_SCREENS)
            self._assert_whole(phone)
            # The office refuses it: the job is somebody else's, and what was done is a proposal.
            with self.hold_requests():
                self.job.assignment_ids.employee_id = self.anne
            phone.restore_network()
            phone.run("window.dispatchEvent(new Event('online'))")
            phone.see("[data-strip=outbox].strip-waiting")
            phone.wait_until_sent()
            self._assert_whole(phone)
            self._go(phone, "hours")
            phone.see(".screen")
            self.assertEqual(phone.run(PLACES), before["hours"])

    def test_strips(self):
        self._check_strips()

    def test_clock(self):
        self._check_clock()

    def test_in_french(self):
        """Its words are longer."""
        self.env["res.lang"]._activate_lang("fr_CA")
        self.user_technician.lang = "fr_CA"
        self._check_strips()
        self._check_clock()

    def _check_clock(self):
        """What is below the clock stays where it is when the clock begins to run."""
        self.job.assignment_ids.employee_id = self.employee
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            top = "document.querySelector('.top').offsetHeight"
            before = phone.run(top)
            self._go(phone, f"job/{self.job.id}/job")
            phone.tap("main [data-punch=job]")
            phone.see(".clock-work .clock-job", "Marie Tremblay")
            self.assertEqual(phone.run(top), before)
            for punch in ("break", "travel"):
                phone.run("new Promise((done) => setTimeout(done, 2100))")
                phone.tap(f".clock-buttons [data-punch={punch}]")
                phone.see(f".clock-{punch}")
                self.assertEqual(phone.run(top), before, punch)

    def test_notice_takes_no_tap_when_it_comes(self):
        """A tap that was meant for what is below it does nothing at all."""
        with self.hold_phone("sercom_technician") as phone:
            self._go(phone, f"job/{self.job.id}/photos")
            phone.see("[data-photo=after]")
            phone.see(".clock-off")
            before = phone.run(PLACES)
            phone.run(
                "new Promise((done) => { new MutationObserver((_all, observer) => {"
                " const notice = document.querySelector('[data-strip=notice]');"
                " if (notice) { observer.disconnect();"
                " window.early = getComputedStyle(notice).pointerEvents; } })"
                ".observe(document.body, {childList: true, subtree: true}); done(); })"
            )
            phone.take_photos("[data-photo=after]", "letter.pdf", content="none")
            phone.see("[data-strip=notice]")
            self.assertEqual(phone.run(PLACES), before)
            self.assertEqual(phone.run("window.early"), "none")
            phone.tap("[data-strip=notice]")
            phone.miss("[data-strip=notice]")

    def test_question_takes_no_tap_when_it_comes(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            selector = json.dumps("[data-action=sign_out]")
            early = phone.run(
                f"(async () => {{ document.querySelector({selector}).click();"
                " while (!document.querySelector('[data-answer=yes]')) {"
                " await new Promise(requestAnimationFrame); }"
                " return getComputedStyle(document.querySelector('[data-answer=yes]'))"
                ".pointerEvents; })()"
            )
            self.assertEqual(early, "none")
            phone.tap("[data-answer=no]")
            phone.miss(".question")
