import json
import os
from pathlib import Path

from odoo import Command
from odoo.tests import tagged

from odoo.addons.sercom_requests.tests.common import PIXEL

from .phone import PhoneCase

AXE = os.environ.get("SERCOM_AXE")  # path of axe-core's script, which dev/axe.py gets
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """axe.run(document, {runOnly: %s, resultTypes: ["violations"]}).then(({violations}) =>
    violations.flatMap(({id, nodes}) => nodes.map((node) =>
        `${id}: ${node.html.slice(0, 160)} ${node.failureSummary.replaceAll("\\n", " ")}`)))"""
SMALLEST = 44  # pixels, of what is tapped
SMALL = """[...document.querySelectorAll(
        "button, a, label.button, input, select, textarea, summary")]
    .filter((el) => el.offsetParent && el.type !== "file" && !el.closest("[inert]"))
    .filter((el) => { const box = el.getBoundingClientRect();
        return box.width < %(smallest)s || box.height < %(smallest)s; })
    .map((el) => el.outerHTML.slice(0, 120))"""
SCREENS = (
    "",
    "outbox",
    "hours",
    *(f"job/%s/{tab}" for tab in ("job", "checks", "photos", "notes", "finish")),
)
THEMES = ("light", "dark")


class AccessibilityCase(PhoneCase):
    """Looks at each screen with axe-core, in both themes."""

    def _set_theme(self, phone, theme):
        feature = {"name": "prefers-color-scheme", "value": theme}
        phone.send("Emulation.setEmulatedMedia", features=[feature])

    def _look(self, phone):
        """What hinders people on the screen as it is now, in either theme: ``[text]``."""
        if not phone.run("!!window.axe"):
            phone.run(Path(AXE).read_text() + ";0")
        found = []
        for theme in THEMES:
            self._set_theme(phone, theme)
            found += [f"{theme} {text}" for text in phone.run(LOOK % json.dumps(RULES))]
        return found + [f"small {text}" for text in phone.run(SMALL % {"smallest": SMALLEST})]

    def _go(self, phone, screen):
        phone.run(f"window.location.hash = {json.dumps(screen)}")
        phone.run("new Promise((done) => setTimeout(done, 250))")

    def _go_everywhere(self, phone):
        """Open one screen after the other: their names."""
        for screen in SCREENS:
            name = screen % self.job.id if "%" in screen else screen
            self._go(phone, name)
            phone.see(".screen")
            yield name

    @staticmethod
    def _press(phone, key, **vals):
        for kind in ("keyDown", "keyUp"):
            phone.send("Input.dispatchKeyEvent", type=kind, key=key, code=key, **vals)

    def _unfold(self, phone):
        phone.run("document.querySelectorAll('details').forEach((el) => { el.open = true; })")


@tagged("post_install", "-at_install", "slow")
class TestMyDayAccessibility(AccessibilityCase):
    """Everybody can read and use My Day: in sun and dark, enlarged, lying, and by keyboard."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job.write({"todo": "<p>Change the valve</p>", "found_note": "Rust"})
        cls.job.location_directions = "<p>Ring twice</p>"
        checklist = cls.env["sercom.checklist"].create(
            {
                "name": "Heater",
                "line_ids": [
                    Command.create({"name": kind, "kind": kind})
                    for kind in ("check", "yes_no", "number", "text", "photo")
                ],
            }
        )
        cls.env["sercom.job.check"].create(
            [
                {
                    "fsm_order_id": cls.job.id,
                    "checklist_id": checklist.id,
                    "checklist_line_id": line.id,
                    "name": line.name,
                    "kind": line.kind,
                    "instructions": "Look behind the tank",
                    "unit": "bar",
                }
                for line in checklist.line_ids
            ]
        )
        # Known beforehand: the phone's requests share the test's transaction.
        cls.number_id = cls.job.check_ids.filtered(lambda check: check.kind == "number").id
        cls.anne.tz = cls.zone
        cls._assign(employee=cls.anne, start=cls.block.date_start)
        cls.block.is_leader = True
        cls.env["sercom.photo"].create(
            {"name": "IMG_1.jpg", "image_1920": PIXEL, "fsm_order_id": cls.job.id}
        )

    def test_screens(self):
        found = {}
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            for name in self._go_everywhere(phone):
                self._unfold(phone)
                found[name or "day"] = self._look(phone)
            for span in ("tomorrow", "week"):
                self._go(phone, "")
                phone.tap(f"[data-span={span}]")
                found[span] = self._look(phone)
            for punch in ("other", "break", "resume", "travel"):
                phone.tap(f".clock-buttons [data-punch={punch}]")
                phone.wait_until_sent()
                found[punch] = self._look(phone)
                phone.run("new Promise((done) => setTimeout(done, 2100))")
        self.assertEqual({name: texts for name, texts in found.items() if texts}, {})

    def test_what_is_said_and_asked(self):
        found = {}
        with self.hold_phone("sercom_technician") as phone:
            phone.wait_until_kept()
            phone.tap("[data-action=sign_out]")
            phone.see(".question")
            found["question"] = self._look(phone)
            self.assertTrue(phone.run("document.activeElement.closest('.question') !== null"))
            self._press(phone, "Escape")
            phone.miss(".question")
            self.assertEqual(phone.run("document.activeElement.dataset.action"), "sign_out")
            phone.cut_network()
            phone.tap(".clock-buttons [data-punch=other]")
            phone.see("[data-strip=outbox]")
            found["no network"] = self._look(phone)
            phone.restore_network()
            phone.wait_until_sent()
            self._refuse_something(phone)
            found["refused"] = self._look(phone)
            phone.tap("[data-strip=outbox]")
            phone.see(".refusal")
            found["refusal"] = self._look(phone)
            phone.run("document.cookie = 'sercom_my_day_user=; max-age=0; path=/'")
            phone.see("[data-closed]")
            found["closed"] = self._look(phone)
        self.assertEqual({name: texts for name, texts in found.items() if texts}, {})

    def _refuse_something(self, phone):
        """Keep an action that the office refuses, and a message that stays."""
        phone.tap(f"[data-job='{self.job.id}']")
        phone.tap("[data-tab=checks]")
        phone.type(f"[data-check='{self.number_id}'] input", "1.2.3")
        phone.see("[data-strip=outbox]", "refused")
        phone.tap("[data-tab=photos]")
        phone.take_photos("[data-photo=after]", "letter.pdf", content="none")
        phone.see("[data-strip=notice]")

    def test_login_page(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.browser.delete_cookie("session_id", domain="127.0.0.1")
            phone.run("document.cookie = 'sercom_my_day_user=; max-age=0; path=/'")
            phone.send("Page.navigate", url=f"{self.base_url()}/my-day/login")
            phone.wait("!!document.querySelector('#password')")
            self.assertEqual(self._look(phone), [])
            self.assertTrue(phone.is_without_sideways_scroll())

    def test_by_keyboard(self):
        """What has the focus shows it, on whatever it lies."""
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            for theme in THEMES:
                self._set_theme(phone, theme)
                for screen in ("", f"job/{self.job.id}/job", f"job/{self.job.id}/photos"):
                    self._go(phone, screen)
                    phone.run("document.activeElement.blur()")
                    seen = set()
                    for _step in range(12):
                        self._press(phone, "Tab", windowsVirtualKeyCode=9)
                        text = phone.run(
                            "(() => { const el = document.activeElement;"
                            " const shown = el.type === 'file' ? el.parentElement : el;"
                            " const style = getComputedStyle(shown);"
                            " return el === document.body ? 'body' : style.outlineStyle !== 'none'"
                            " && parseFloat(style.outlineWidth) >= 2 ? '' : el.outerHTML; })()"
                        )
                        self.assertIn(text, ("", "body"), (theme, screen))
                        seen.add(phone.run("document.activeElement.outerHTML.slice(0, 80)"))
                    self.assertGreater(len(seen), 6, (theme, screen))

    def test_enlarged_and_lying(self):
        """Twice the size, and on its side: nothing is beside the page, and one can sign."""
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            for width, height in ((188, 334), (667, 375), (334, 188), (320, 568)):
                phone.resize(width, height)
                for name in self._go_everywhere(phone):
                    self._unfold(phone)
                    self.assertTrue(phone.is_without_sideways_scroll(), (width, name))
                pad = phone.run(
                    "(() => { const pad = document.querySelector('.pad canvas');"
                    " pad.scrollIntoView({block: 'center'});"
                    " const box = pad.getBoundingClientRect();"
                    " const at = (x, y) => pad.contains(document.elementFromPoint(x, y));"
                    " return [box.width, box.height, at(box.x + 9, box.y + box.height / 4),"
                    " at(box.right - 9, box.bottom - box.height / 4)]; })()"
                )
                self.assertGreater(pad[0], width * 0.7, (width, pad))
                self.assertGreaterEqual(pad[1], 150, (width, pad))
                self.assertEqual(pad[2:], [True, True], (width, pad))

    def test_phone_turned_while_signing(self):
        """What was drawn stays as it was, and lines go on under the finger."""
        ink = (
            "(() => { const pad = document.querySelector('.pad canvas');"
            " const {data, width} = pad.getContext('2d')"
            " .getImageData(0, 0, pad.width, pad.height);"
            " const dark = []; for (let i = 0; i < data.length; i += 4) {"
            " if (data[i] < 99) { dark.push([(i / 4) % width, Math.floor(i / 4 / width)]); } }"
            " const [xs, ys] = [0, 1].map((n) => dark.map((place) => place[n]));"
            " return dark.length && [Math.max(...xs) - Math.min(...xs),"
            " Math.max(...ys) - Math.min(...ys)]; })()"
        )
        with self.hold_phone("sercom_technician") as phone:
            self._go(phone, f"job/{self.job.id}/finish")
            phone.see(".pad")
            phone.draw(".pad canvas")
            before = phone.run(ink)
            phone.resize(667, 375)
            phone.wait(
                "(({width, offsetWidth}) => width === offsetWidth * 2)"
                "(document.querySelector('.pad canvas'))"
            )
            phone.wait(ink)
            after = phone.run(ink)
            for one, two in zip(before, after, strict=True):
                self.assertAlmostEqual(one, two, delta=6)
