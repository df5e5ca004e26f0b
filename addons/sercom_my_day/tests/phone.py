import base64
import contextlib
import json
import time
from itertools import count

import websocket

from odoo import fields
from odoo.tests import HttpCase
from odoo.tests.common import ChromeBrowser

from odoo.addons.sercom_timesheets.tests.common import ClockCommon

OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
ONLINE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
STEP = 0.05  # seconds between two looks at the page


class Phone:
    """A technician's phone: Chromium at 375 px, driven by what a thumb does.

    Its network can be cut: for the page and for its service worker, which are two targets of the
    browser's developer tools.
    """

    def __init__(self, case, browser):
        self.case = case
        self.browser = browser
        self.ids = count(1)

    def send(self, method, **params):
        return self.browser._websocket_request(method, params=params)

    def run(self, code):
        """Value of an expression in the page; a promise is waited for."""
        answer = self.send(
            "Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise AssertionError(f"{code}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, code, timeout=15):
        """Wait until an expression is true, also over a reload of the page."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            with contextlib.suppress(AssertionError):
                if value := self.run(code):
                    return value
            time.sleep(STEP)
        self.browser.take_screenshot()
        raise AssertionError(f"never true: {code}\n{self.get_text('body')}")

    def see(self, selector, text=""):
        """Wait until an element is there, with a text in it."""
        self.wait(
            f"[...document.querySelectorAll({json.dumps(selector)})]"
            f".some((el) => el.innerText.includes({json.dumps(text)}))"
        )

    def miss(self, selector):
        self.wait(f"!document.querySelector({json.dumps(selector)})")

    def wait_until_sent(self):
        self.wait("document.querySelector('.status').dataset.waiting === '0'")

    def get_text(self, selector):
        return self.run(f"document.querySelector({json.dumps(selector)})?.innerText || ''")

    def count(self, selector):
        return self.run(f"document.querySelectorAll({json.dumps(selector)}).length")

    def tap(self, selector, times=1):
        """Tap where the element is, once nothing lies over it."""
        x, y = self._find(selector)
        for _time in range(times):
            self._touch("mousePressed", x, y)
            self._touch("mouseReleased", x, y)

    def _find(self, selector):
        """Middle of an element, once it is enabled, stands still and nothing lies over it."""
        return self.wait(
            f"(async () => {{ const el = document.querySelector({json.dumps(selector)});"
            " if (el.disabled) { return false; }"
            " el.scrollIntoView({block: 'center'});"
            " const find = () => { const box = el.getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; };"
            " const before = String(find());"
            " await new Promise((done) => setTimeout(done, 20));"
            " const place = find();"
            " return String(place) === before"
            " && el.contains(document.elementFromPoint(...place)) && place; })()"
        )

    def type(self, selector, text):
        self.tap(selector)
        self.send("Input.insertText", text=text)
        self.run(
            f"document.querySelector({json.dumps(selector)})"
            ".dispatchEvent(new Event('change', {bubbles: true}))"
        )

    def draw(self, selector):
        """A line over an element, as a finger draws one."""
        x, y = self._find(selector)
        for kind, way in (("mousePressed", 0), ("mouseMoved", 30), ("mouseMoved", 60)):
            self._touch(kind, x - 60 + way, y + way % 60)
        self._touch("mouseReleased", x, y)

    def _touch(self, kind, x, y):
        self.send(
            "Input.dispatchMouseEvent",
            type=kind,
            x=x,
            y=y,
            button="left",
            buttons=1 if kind == "mouseMoved" else 0,
            clickCount=1,
        )

    def take_photos(self, selector, *names, content="photo"):
        """Give a camera input files: drawings in colours, or what is no photo."""
        self.wait(f"!!document.querySelector({json.dumps(selector)})")
        self.run(
            "(async () => { const data = new DataTransfer();"
            f" for (const name of {json.dumps(names)}) {{"
            " const canvas = Object.assign(document.createElement('canvas'),"
            " {width: 2400, height: 1200});"
            " const context = canvas.getContext('2d'); context.fillStyle = 'teal';"
            " context.fillRect(0, 0, 1200, 1200);"
            " const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg'));"
            f" const content = {json.dumps(content)} === 'photo' ? blob : 'no photo';"
            " data.items.add(new File([content], name)); }"
            f" const input = document.querySelector({json.dumps(selector)});"
            " input.files = data.files;"
            " input.dispatchEvent(new Event('change', {bubbles: true})); })()"
        )

    def reload(self):
        self.send("Page.reload")
        self.wait("document.readyState === 'complete' && !!document.querySelector('.screen')")

    def resize(self, width, height):
        """Turn the phone, or take another one."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def is_without_sideways_scroll(self):
        return self.run(
            "[document.documentElement, document.querySelector('.page')]"
            ".every((el) => !el || el.scrollWidth <= el.clientWidth)"
        )

    def get_small_targets(self):
        """Texts of what can be tapped but is smaller than 48 pixels."""
        return self.run(
            "[...document.querySelectorAll('button, a, .button, input, textarea, summary')]"
            ".filter((el) => el.offsetParent && el.type !== 'file')"
            ".filter((el) => { const box = el.getBoundingClientRect();"
            " return box.width < 48 || box.height < 48; })"
            ".map((el) => el.innerText || el.outerHTML)"
        )

    # Network

    def wait_until_kept(self):
        """Wait until the service worker has the page, and the page its jobs."""
        # The last answer that the page asks for, once what came before is kept.
        self.wait(
            "performance.getEntriesByType('resource').some(({name}) => name.endsWith('/get_hours'))"
        )
        self.wait(
            "navigator.serviceWorker.ready.then(async () =>"
            " !!navigator.serviceWorker.controller"
            " && !!(await caches.match('/my-day'))"
            " && (await (await caches.open('sercom-my-day')).keys()).length > 2)"
        )

    def cut_network(self):
        self._set_network(OFFLINE)
        self.case.assertEqual(
            self.run("fetch('/web/health').then(() => 'through', () => 'cut')"), "cut"
        )

    def restore_network(self):
        self._set_network(ONLINE)

    def shape_network(self, conditions):
        """Make the network slow: what ``Network.emulateNetworkConditions`` takes."""
        self._set_network(conditions)

    def _set_network(self, conditions):
        self.send("Network.enable")
        self.send("Network.emulateNetworkConditions", **conditions)
        self._tell_workers("Network.enable")
        self._tell_workers("Network.emulateNetworkConditions", **conditions)

    def run_in_worker(self, code):
        """Run an expression in the service worker; a promise is waited for."""
        self._tell_workers("Runtime.evaluate", expression=code, awaitPromise=True)

    def _tell_workers(self, method, **params):
        workers = [
            target
            for target in self.browser._json_command("")
            if target["type"] == "service_worker"
        ]
        self.case.assertTrue(workers, "no service worker runs")
        for worker in workers:
            self._tell_worker(worker["id"], worker["webSocketDebuggerUrl"], method, params)

    def _tell_worker(self, key, url, method, params):
        sockets = self.case.worker_sockets
        if key not in sockets:
            sockets[key] = websocket.create_connection(url, suppress_origin=True, timeout=10)
        socket = sockets[key]
        number = next(self.ids)
        socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(socket.recv())).get("id") != number:
            pass
        self.case.assertNotIn("exceptionDetails", answer.get("result", {}), answer)

    def shoot(self):
        """PNG of the screen."""
        return base64.b64decode(self.send("Page.captureScreenshot")["data"])


class PhoneCase(HttpCase, ClockCommon):
    """Tests of the page itself, in a browser as small as a phone."""

    browser_size = "375x667"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        # The technician works where it is noon now: tests do not depend on the hour they run at.
        now = fields.Datetime.now()
        cls.zone = f"Etc/GMT{now.hour - 12:+d}"  # with the sign turned, as POSIX has it
        cls.user_technician.write({"lang": "en_US", "tz": cls.zone})
        cls.employee.tz = cls.zone
        cls.job.assignment_ids.unlink()
        cls.block = cls._assign(start=now.replace(minute=0, second=0, microsecond=0))

    def setUp(self):
        super().setUp()
        self.worker_sockets = {}

    @contextlib.contextmanager
    def hold_phone(self, login, base_url=None):
        """A phone on which ``login`` has opened My Day.

        :param str base_url: another address than the server's own, as of a proxy before it
        """
        browser = ChromeBrowser(self)
        with contextlib.ExitStack() as stack:
            stack.callback(browser.stop)
            stack.callback(self._close_sockets)
            stack.enter_context(self.allow_requests(browser=browser))
            stack.callback(self._wait_remaining_requests)
            self.authenticate(login, login, browser=browser)
            self.cr.flush()
            self.cr.clear()
            browser.navigate_to(f"{base_url or self.base_url()}/my-day", wait_stop=True)
            phone = Phone(self, browser)
            phone.see(".screen")
            yield phone

    @contextlib.contextmanager
    def hold_requests(self):
        """Let what the page asks wait: its answers come from the test's own transaction."""
        with self.registry.cursor():
            self.env.invalidate_all()
            yield
            self.env.flush_all()

    def _close_sockets(self):
        for socket in self.worker_sockets.values():
            socket.close()
