import json
import logging
import time

from odoo import fields
from odoo.tests import tagged

from .phone import PhoneCase
from .weak_network import WeakNetwork

_logger = logging.getLogger(__name__)

WEAK = {"offline": False, "latency": 150, "downloadThroughput": -1, "uploadThroughput": 150_000 / 8}
PROMPT = 3  # seconds within which a punch is at the office, whatever waits
# Photos with as much in them as a camera's: a JPEG of some hundred kB each.
DETAILED = """(async () => {
    const data = new DataTransfer();
    for (let index = 0; index < %(count)s; index++) {
        const small = new OffscreenCanvas(600, 300);
        const context = small.getContext("2d");
        const image = context.createImageData(600, 300);
        for (let place = 0; place < image.data.length; place++) {
            image.data[place] = place %% 4 === 3 ? 255 : Math.random() * 255;
        }
        context.putImageData(image, 0, 0);
        const canvas = new OffscreenCanvas(1920, 960);
        canvas.getContext("2d").drawImage(small, 0, 0, 1920, 960);
        const blob = await canvas.convertToBlob({type: "image/jpeg", quality: 0.9});
        data.items.add(new File([blob], `${index}.jpg`, {type: "image/jpeg"}));
    }
    const input = document.querySelector("[data-photo=before]");
    input.files = data.files;
    input.dispatchEvent(new Event("change", {bubbles: true}));
})()"""


@tagged("post_install", "-at_install", "slow")
class TestMyDayNetwork(PhoneCase):
    """Weak networks, and servers that end in the middle: all arrives, each once, punches first."""

    def setUp(self):
        super().setUp()
        self.network = self.enterContext(WeakNetwork(self.base_url()).serve())

    def _hold_phone(self):
        return self.hold_phone("sercom_technician", base_url=self.network.url)

    def _take_photos(self, phone, count):
        phone.tap(f"[data-job='{self.job.id}']")
        phone.tap("[data-tab=photos]")
        phone.see("[data-photos=before]")
        phone.run(DETAILED % {"count": count})
        phone.wait(
            f"document.querySelectorAll('[data-photos=before] .photo').length === {count}",
            timeout=60,
        )

    def _wait_for(self, name, count, word="", timeout=60):
        end = time.monotonic() + timeout
        while len(self.network.list(name, word)) < count:
            self.assertLess(time.monotonic(), end, f"{name} did not arrive {count} times")
            time.sleep(0.02)

    @staticmethod
    def _send_until_empty(phone):
        """Try again sooner than the phone does by itself."""
        for _time in range(60):
            if phone.run("document.querySelector('.status')?.dataset.waiting === '0'"):
                break
            phone.run("window.dispatchEvent(new Event('online'))")
            phone.run("new Promise((done) => setTimeout(done, 300))")
        phone.wait_until_sent()

    def _punch(self, phone, punch):
        """Tap a button of the clock; seconds until the punch was at the server."""
        count = len(self.network.list("sync", '"punch"'))
        phone.tap(f".clock-buttons [data-punch={punch}]")
        start = time.monotonic()
        self._wait_for("sync", count + 1, '"punch"')
        return time.monotonic() - start

    def test_punch_behind_ten_photos(self):
        with self._hold_phone() as phone:
            phone.wait_until_kept()
            phone.shape_network(WEAK)
            self._take_photos(phone, 10)
            self._wait_for("put_piece", 2)
            waits = []
            for punch in ("other", "break", "resume", "travel", "end"):
                waits.append(self._punch(phone, punch))
                # Not at the same place of a piece each time, and beyond a second tap.
                phone.run(f"new Promise((done) => setTimeout(done, {2100 + 350 * len(waits)}))")
            _logger.info("Punches behind ten photos: %s s", [round(wait, 2) for wait in waits])
            self.assertLess(max(waits), PROMPT, waits)
            waiting = phone.count("[data-photos=before] .photo-waiting")
            self.assertGreater(waiting, 5, "the photos did not wait: nothing was measured")
            phone.restore_network()
            phone.wait("!document.querySelector('.photo-waiting')", timeout=60)
        self.env.invalidate_all()
        self.assertEqual(len(self.job.photo_ids), 10)
        self.assertEqual(
            self.employee.attendance_ids.sorted("check_in").mapped("out_reason"),
            ["break", "switch", "end"],
        )

    def test_server_killed_in_the_middle(self):
        with self._hold_phone() as phone:
            phone.wait_until_kept()
            phone.shape_network(WEAK)
            self._take_photos(phone, 1)
            self._wait_for("put_piece", 4)
            self.network.kill()
            phone.tap(".clock-buttons [data-punch=other]")
            phone.see("[data-strip=outbox]", "No network")
            tapped = fields.Datetime.now()
            phone.reload()  # the kept page opens, with what waits
            phone.see(".clock-other")
            position = self._get_positions()[-1]
            self.network.revive()
            del self.network.requests[:]
            phone.restore_network()
            self._send_until_empty(phone)
        self.env.invalidate_all()
        self.assertEqual(len(self.job.photo_ids), 1)
        entry = self.employee.attendance_ids
        self.assertEqual(len(entry), 1)
        self.assertLessEqual(abs((tapped - entry.check_in).total_seconds()), 10)
        # The first piece asks how far it came; the next goes on from there.
        self.assertGreaterEqual(self._get_positions()[1], position)

    def _get_positions(self):
        return [
            json.loads(body)["params"]["kwargs"]["position"]
            for _moment, path, body in self.network.requests
            if path.endswith("/put_piece")
        ]

    def test_errors_of_a_proxy(self):
        """502, 503 and 429 stand before a server that comes back: nothing is lost or refused."""
        statuses = iter([502, 503, 429])
        with self._hold_phone() as phone:
            self.network.fail = lambda path, body: (
                next(statuses, None) if path.endswith("/sync") else None
            )
            phone.tap(".clock-buttons [data-punch=other]")
            phone.see(".clock-other")
            phone.see("[data-strip=outbox]", "1 thing to send")
            self._send_until_empty(phone)
        self.env.invalidate_all()
        self.assertEqual(len(self.employee.attendance_ids), 1)
        self.assertEqual(len(self.network.list("sync", '"punch"')), 4)

    def test_answers_lost(self):
        """Every other answer is lost on the way: the day is as if none had been."""
        count = {"sync": 0, "put_piece": 0}

        def fail(path, body):
            name = path.rpartition("/")[2]
            if name not in count:
                return None
            count[name] += 1
            return "lost" if count[name] % 2 else None

        with self._hold_phone() as phone:
            self.network.fail = fail
            phone.tap(".clock-buttons [data-punch=other]")
            self._take_photos(phone, 1)
            phone.tap("[data-tab=notes]")
            phone.type("[data-field=note]", "Valve leaks")
            phone.tap("[data-action=note]")
            self._send_until_empty(phone)
        self.env.invalidate_all()
        self.assertEqual(len(self.employee.attendance_ids), 1)
        self.assertEqual(len(self.job.photo_ids), 1)
        notes = self.job.message_ids.filtered(lambda note: "Valve leaks" in note.body)
        self.assertEqual(len(notes), 1)
        self.assertFalse(self.env["sercom.phone.piece"].search_count([]))
        self.assertGreater(count["sync"], 3)
