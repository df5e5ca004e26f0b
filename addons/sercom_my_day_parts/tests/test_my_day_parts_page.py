from odoo.tests import tagged

from odoo.addons.sercom_my_day.tests.phone import PhoneCase
from odoo.addons.sercom_my_day.tests.test_my_day_accessibility import AccessibilityCase

# A camera, which no browser of the tests has, and nothing in its picture.
CAMERA = """window.BarcodeDetector = class { async detect() { return []; } };
    navigator.mediaDevices.getUserMedia = async () =>
        Object.assign(document.createElement("canvas"), {width: 60, height: 40}).captureStream();"""

# Whether the focus is in the dialog; the body stands for the browser's own buttons.
FOCUS = """(({activeElement: el, body}) => el === body || !!el.closest("[role=dialog]"))
    (document)"""

# Whether what is written there takes one line.
ONE_LINE = """(() => { const el = document.querySelector("%s");
    return el.offsetHeight < 2 * parseFloat(getComputedStyle(el).fontSize); })()"""


@tagged("post_install", "-at_install")
class TestMyDayPartsPage(PhoneCase):
    """Parts on the phone, in a browser."""

    def test_part_used(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.tap(f"[data-job='{self.job.id}']")
            phone.tap("[data-action=parts]")
            phone.type("[data-parts] input[type=search]", "Valve")
            phone.tap("[data-parts] .choice")
            self.assertEqual(phone.get_small_targets(), [])
            phone.tap("[data-parts] .step:last-of-type")
            phone.tap("[data-action=use_part]")
            phone.miss("[data-action=use_part]")
            phone.run("new Promise((done) => setTimeout(done, 500))")
            phone.wait_until_sent()
            phone.miss("[data-strip=outbox]")
        self.env.invalidate_all()
        self.assertEqual(
            self.env["sercom.phone.action"].search([("kind", "=", "part_add")]).mapped("state"),
            ["done"],
        )
        lines = self.job.sale_line_ids.filtered(lambda line: line.product_id == self.product_part)
        self.assertEqual(sum(lines.mapped("product_uom_qty")), 2.0)

    def test_quantity_in_one_line(self):
        """However long the name is, the quantity beside it is not broken."""
        self.product_part.name = "Sump pump with a vertical float switch, one third of a horse"
        self.job.action_use_part(self.product_part.id, 1.0)
        with self.hold_phone("sercom_technician") as phone:
            phone.tap(f"[data-job='{self.job.id}']")
            phone.see("[data-part] strong", "Units")
            self.assertTrue(phone.run(ONE_LINE % "[data-part] strong"))
            phone.tap("[data-action=parts]")
            phone.type("[data-parts] input[type=search]", "Sump")
            phone.see("[data-parts] .choice .count", "Units")
            self.assertTrue(phone.run(ONE_LINE % "[data-parts] .choice .count"))


@tagged("post_install", "-at_install", "slow")
class TestMyDayPartsAccessibility(AccessibilityCase):
    """Everybody can read the parts, choose one, and leave the scanner."""

    def test_picker_and_scanner(self):
        found = {}
        with self.hold_phone("sercom_technician") as phone:
            phone.send("Page.addScriptToEvaluateOnNewDocument", source=CAMERA)
            phone.reload()
            phone.tap(f"[data-job='{self.job.id}']")
            phone.see("[data-parts]")
            found["parts"] = self._look(phone)
            phone.tap("[data-action=parts]")
            phone.type("[data-parts] input[type=search]", "Valve")
            phone.see("[data-parts] .choice", "Valve")
            found["picker"] = self._look(phone)
            phone.tap("[data-scan=camera]")
            phone.see("[role=dialog] video")
            found["scanner"] = self._look(phone)
            self.assertTrue(phone.run("document.querySelector('[role=dialog]').ariaLabel"))
            for _step in range(4):
                self._press(phone, "Tab", windowsVirtualKeyCode=9)
                self.assertTrue(phone.run(FOCUS), "the focus left the dialog")
            self._press(phone, "Escape", windowsVirtualKeyCode=27)  # the browser closes it
            phone.miss("[role=dialog]")
            self.assertEqual(phone.run("document.activeElement.dataset.scan"), "camera")
            phone.tap("[data-parts] .choice")
            phone.see("[data-parts]", "How many more")
            found["quantity"] = self._look(phone)
        self.assertEqual({name: texts for name, texts in found.items() if texts}, {})
