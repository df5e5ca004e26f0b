"""The phone's browser on a slow network, by Chromium's developer tools."""

import contextlib
import logging
import time
from unittest import TestCase

import websocket
from phone_server import PASSWORD

from odoo.tests.common import ChromeBrowser

from odoo.addons.sercom_my_day.tests.phone import ONLINE, Phone
from odoo.addons.sercom_my_day.tests.test_my_day_network import DETAILED, WEAK
from odoo.addons.sercom_my_day.tests.weak_network import WeakNetwork

SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
LONGEST = 30  # seconds that anything is waited for
FIRST_CARD = """new MutationObserver(() => {
    if (document.querySelector("[data-visit]")) { window.firstCard ||= performance.now(); }
}).observe(document, {childList: true, subtree: true});"""
# Milliseconds from a tap until what it opens is on the screen.
TAP = """(async () => {
    const element = document.querySelector(%(tapped)r);
    const start = performance.now();
    element.click();
    while (!document.querySelector(%(shown)r) && performance.now() - start < 5000) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - start;
})()"""
TAPS = [
    ("[data-span=week]", "[data-span=week][aria-pressed=true]"),
    ("[data-span=today]", "[data-span=today][aria-pressed=true]"),
    ("[data-job]", "[data-screen=job]"),
    ("[data-tab=photos]", "[data-photos=before]"),
    ("[data-tab=notes]", "[data-field=note]"),
    ("[data-tab=finish]", ".pad"),
    ("[data-tab=job]", "[data-tab=job][aria-pressed=true]"),
    ("[data-punch=job]", ".clock-work"),
    ("[data-action=back]", "[data-screen=day]"),
]


class _Case(TestCase):
    """What Odoo's browser asks of the test that it runs for."""

    _logger = logging.getLogger(__name__)
    browser_size = "375x667"
    touch_enabled = True

    def __init__(self):
        super().__init__()
        self.worker_sockets = {}

    def fetch_proxy(self, _url):
        return {"body": "", "responseCode": 404, "responseHeaders": []}


@contextlib.contextmanager
def hold_phone():
    """A phone with nothing in its cache."""
    case = _Case()
    browser = ChromeBrowser(case)
    phone = Phone(case, browser)
    phone.received = []  # bytes of what was loaded
    browser._handlers["Network.loadingFinished"] = lambda **params: phone.received.append(
        params["encodedDataLength"]
    )
    phone.send("Network.enable")
    phone.send("Page.addScriptToEvaluateOnNewDocument", source=FIRST_CARD)
    try:
        yield phone
    finally:
        for socket in case.worker_sockets.values():
            socket.close()
        with contextlib.suppress(websocket.WebSocketException):
            browser.stop()


def measure(url, login):
    """What a technician waits for: ``{name: seconds, kB or milliseconds}``."""
    with contextlib.ExitStack() as stack:
        network = stack.enter_context(WeakNetwork(url).serve())
        phone = stack.enter_context(hold_phone())
        phone.send("Network.emulateNetworkConditions", **SLOW_3G)
        found = _sign_in(phone, network.url, login)
        phone.wait_until_kept()
        phone.shape_network(SLOW_3G)
        phone.send("Page.reload")
        time.sleep(2)
        found["warm"] = phone.wait("window.firstCard") / 1000
        phone.shape_network(ONLINE)
        _wait_until_known(phone)
        found["taps"] = [
            phone.run(TAP % {"tapped": tapped, "shown": shown}) for tapped, shown in TAPS
        ]
        found["punches"] = _punch_behind_photos(phone, network)
    return found


def _sign_in(phone, url, login):
    found = {}
    start = time.monotonic()
    phone.send("Page.navigate", url=f"{url}/my-day")
    phone.wait("!!document.querySelector('#password')", timeout=120)
    found["login"] = time.monotonic() - start
    found["login_kb"] = sum(phone.received) / 1000
    del phone.received[:]
    phone.run(f"document.querySelector('#login').value = '{login}'")
    phone.run(f"document.querySelector('#password').value = '{PASSWORD}'")
    start = time.monotonic()
    phone.run("document.querySelector('form').requestSubmit()")
    phone.wait("!!document.querySelector('[data-visit]')", timeout=120)
    found["cold"] = time.monotonic() - start
    found["cold_kb"] = sum(phone.received) / 1000
    return found


def _wait_until_known(phone):
    """Wait until the jobs are on the phone too: a tap shows what is there."""
    phone.wait("window.firstCard && !!document.querySelector('[data-job]')", timeout=60)
    phone.run("location.hash = `job/${document.querySelector('[data-job]').dataset.job}/job`")
    phone.wait("!!document.querySelector('[data-tab=photos]')", timeout=60)
    phone.run("location.hash = ''")
    phone.wait("!!document.querySelector('[data-screen=day] [data-job]')", timeout=60)


def _wait(is_there, what):
    """Seconds until something is there; it ends, whatever becomes of it."""
    start = time.monotonic()
    while not is_there():
        if time.monotonic() - start > LONGEST:
            raise RuntimeError(f"{what}: not within {LONGEST} s")
        time.sleep(0.02)
    return time.monotonic() - start


def _punch_behind_photos(phone, network):
    """Seconds that punches take to the server while ten photos wait, at 150 kbps."""
    phone.shape_network(WEAK)
    phone.tap("[data-job]")
    phone.tap("[data-tab=photos]")
    phone.see("[data-photos=before]")
    phone.run(DETAILED % {"count": 10})
    _wait(lambda: len(network.list("put_piece")) >= 3, "three pieces of photos")
    waits = []
    for punch in ("other", "break", "resume", "travel", "end"):
        time.sleep(2.2 + 0.3 * len(waits))
        before = _count_punches(network)
        phone.tap(f".clock-buttons [data-punch={punch}]")
        waits.append(
            _wait(lambda before=before: _count_punches(network) > before, f"the punch {punch}")
        )
    return waits


def _count_punches(network):
    return len(network.list("sync", '"punch"'))
