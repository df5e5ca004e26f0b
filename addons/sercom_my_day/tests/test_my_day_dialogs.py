import re
from datetime import timedelta
from pathlib import Path

from babel.messages.pofile import read_po

from odoo import fields
from odoo.tests import tagged
from odoo.tools.misc import file_path

from odoo.addons.sercom_requests.tests.common import PIXEL

from .test_my_day_accessibility import SCREENS, AccessibilityCase

NAME = """(() => { const box = document.querySelector("[role=dialog]");
    const by = document.getElementById(box.getAttribute("aria-labelledby"));
    return box.getAttribute("aria-label") || by?.innerText || ""; })()"""
# Buttons of which a notice hides a part, however the page is scrolled.
COVERED = """(() => { const notices = [...document.querySelectorAll("[data-strip=notice]")];
    const page = document.querySelector(".page");
    const found = [];
    for (const top of [0, page.scrollHeight]) {
        page.scrollTop = top;
        for (const el of document.querySelectorAll("button, a, label.button, input, summary")) {
            const box = el.getBoundingClientRect();
            const frame = page.getBoundingClientRect();
            const bottom = page.contains(el) ? Math.min(box.bottom, frame.bottom) : box.bottom;
            for (const notice of notices) {
                const over = notice.getBoundingClientRect();
                if (el.offsetParent && !notice.contains(el) && box.right > over.left
                    && box.left < over.right && bottom > over.top && box.top < over.bottom) {
                    found.push(`${top} ${el.outerHTML.slice(0, 100)}`);
                }
            }
        }
    }
    return [notices.length, found]; })()"""
# A clock that another one sets: ``shift`` is what it is ahead, in milliseconds.
CLOCK = """(() => { const Real = Date;
    window.shift = 0;
    window.Date = class extends Real {
        constructor(...args) { args.length ? super(...args) : super(Real.now() + window.shift); }
        static now() { return Real.now() + window.shift; }
    }; })();"""


class DialogCase(AccessibilityCase):
    """A job whose site was visited before, and hours to correct."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        past = cls._create_job()
        cls._assign(past, cls.anne, start=cls.block.date_start - timedelta(days=10))
        past.write({"found_note": "Rust", "work_note": "Valve changed"})
        vals = {"name": "Old valve", "image_1920": PIXEL, "moment": "before"}
        cls.env["sercom.photo"].create([{**vals, "fsm_order_id": past.id}])
        past.action_complete()
        cls.past_id = past.id
        cls.env["sercom.photo"].create([{**vals, "fsm_order_id": cls.job.id}])
        now = fields.Datetime.now()
        cls._clock(now - timedelta(minutes=30), now - timedelta(minutes=10))

    def _try_dialog(self, phone, opener, dialog):
        """Open a dialog, look at it, and leave it by Escape: ``[what hinders people]``."""
        phone.tap(opener)
        phone.see(dialog)
        found = self._look(phone)
        self.assertTrue(phone.run(NAME), f"{dialog} has no name")
        self.assertTrue(phone.is_without_sideways_scroll(), dialog)
        self._press(phone, "Escape")
        phone.miss(dialog)
        return found


@tagged("post_install", "-at_install", "slow")
class TestMyDayDialogs(DialogCase):
    """Everybody can read and leave each dialog."""

    def test_dialogs(self):
        job = f"job/{self.job.id}"
        found = {}
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            for screen, opener, dialog in (
                ("", "[data-action=on_my_way]", "[data-form=on_my_way]"),
                (f"{job}/photos", "[data-photos=before] .photo", "[data-form=photo]"),
                (f"{job}/job", f"[data-past='{self.past_id}'] .photo", "[data-form=photo]"),
                ("hours", "[data-action=correct_entry]", "[data-form=hours]"),
                ("hours", "[data-action=add_entry]", "[data-form=hours]"),
            ):
                self._go(phone, screen)
                phone.see(".screen")
                self._unfold(phone)
                found[f"{screen} {opener}"] = self._try_dialog(phone, opener, dialog)
            self._go(phone, f"{job}/job")
            phone.see("[data-past]")
            self._unfold(phone)
            found["history"] = self._look(phone)
        self.assertEqual({name: texts for name, texts in found.items() if texts}, {})

    def test_notices_cover_no_button(self):
        with self.hold_phone("sercom_technician") as phone:
            self._go(phone, f"job/{self.job.id}/photos")
            phone.take_photos("[data-photo=after]", "letter.pdf", content="none")
            phone.see("[data-strip=notice]")
            for screen in self._go_everywhere(phone):
                count, covered = phone.run(COVERED)
                self.assertTrue(count, f"no notice on {screen}: nothing was measured")
                self.assertEqual(covered, [], screen)

    def test_history_without_network(self):
        """What was found there before, with its photos, is on the phone."""
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            phone.wait_until_kept()
            phone.reload()  # with a service worker that keeps the photos
            phone.wait(
                "(async () => { for (const name of await caches.keys()) {"
                " const keys = await (await caches.open(name)).keys();"
                " if (keys.some(({url}) => url.includes('/my-day/photo/'))) { return true; } }"
                " return false; })()"
            )
            phone.cut_network()
            phone.reload()
            phone.tap(f"[data-job='{self.job.id}']")
            phone.see(f"[data-past='{self.past_id}']")
            self._unfold(phone)
            phone.see(f"[data-past='{self.past_id}']", "Rust")
            phone.wait(
                "(({complete, naturalWidth}) => complete && naturalWidth > 0)"
                f"(document.querySelector(\"[data-past='{self.past_id}'] img\"))"
            )

    def test_phone_clock_set_right_between_punch_and_sync(self):
        """In a real browser: two hours ahead at the tap, right when the network is back."""
        with self.hold_phone("sercom_technician") as phone:
            phone.send("Page.addScriptToEvaluateOnNewDocument", source=CLOCK + "shift = 7200000;")
            phone.wait_until_kept()
            phone.reload()
            phone.see("[data-visit]", "Marie Tremblay")
            phone.wait("document.querySelector('.status') && Date.now() > performance.timeOrigin")
            phone.run("new Promise((done) => setTimeout(done, 1000))")
            phone.cut_network()
            tapped = fields.Datetime.now()
            phone.tap(".clock-buttons [data-punch=other]")
            phone.see("[data-strip=outbox]", "1 thing to send")
            phone.run("window.shift = 0")
            phone.restore_network()
            phone.run("window.dispatchEvent(new Event('online'))")
            phone.wait_until_sent()
        self.env.invalidate_all()
        entry = self.employee.attendance_ids.filtered(lambda entry: entry.work_type == "other")
        self.assertEqual(len(entry), 1)
        self.assertLessEqual(abs((entry.check_in - tapped).total_seconds()), 10)


@tagged("post_install", "-at_install", "slow")
class TestMyDayOtherPhone(DialogCase):
    """The other usual size of phones, in French as it is shipped: every screen and dialog."""

    browser_size = "390x844"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_CA")
        cls.user_technician.lang = "fr_CA"

    def _get_english(self):
        """Terms of the page that are otherwise in French: ``[pattern]``."""
        path = Path(file_path("sercom_my_day/i18n/fr_CA.po"))
        with path.open("rb") as file:
            terms = [(term.id, term.string) for term in read_po(file) if isinstance(term.id, str)]
        words = {
            re.escape(term.strip())
            for term, french in terms
            if french and french != term and " " in term.strip() and "%" not in term
        }
        return [pattern for pattern in words if len(pattern) > 8]

    def test_every_screen(self):
        job = f"job/{self.job.id}"
        english = re.compile(rf"\b(?:{'|'.join(self._get_english())})\b")
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            self.assertEqual(phone.run("[innerWidth, innerHeight]"), [390, 844])
            self.assertEqual(phone.run("document.documentElement.lang"), "fr-CA")
            self.assertIn("Non pointé", phone.get_text(".clock-off"))
            for screen, opener in (
                *((screen % self.job.id if "%" in screen else screen, "") for screen in SCREENS),
                ("", "[data-action=on_my_way]"),
                (f"{job}/photos", "[data-photos=before] .photo"),
                ("hours", "[data-action=correct_entry]"),
                ("hours", "[data-action=add_entry]"),
            ):
                self._go(phone, screen)
                phone.see(".screen")
                self._unfold(phone)
                if opener:
                    phone.tap(opener)
                    phone.see("[role=dialog]")
                with self.subTest(screen=screen, opener=opener):
                    self.assertTrue(phone.is_without_sideways_scroll())
                    self.assertEqual(phone.get_small_targets(), [])
                    shown = phone.run(
                        "document.body.innerText + [...document.querySelectorAll('*')].map((el) =>"
                        " ['aria-label', 'placeholder', 'alt', 'title'].map((name) =>"
                        " el.getAttribute(name) || '').join(' ')).join(' ')"
                    )
                    self.assertEqual(english.findall(shown), [])
                if opener:
                    self._press(phone, "Escape")
                    phone.miss("[role=dialog]")
