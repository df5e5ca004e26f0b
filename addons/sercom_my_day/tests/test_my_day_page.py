from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools.translate import code_translations

from .phone import PhoneCase


@tagged("post_install", "-at_install")
class TestMyDayPage(PhoneCase):
    """A technician's day on the phone, with and without network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job.write({"todo": "<p>Change the valve</p>"})
        cls.job.location_directions = "<p>Ring twice</p>"
        cls.client_partner.lang = "en_US"
        checklist = cls.env["sercom.checklist"].create(
            {
                "name": "Heater",
                "line_ids": [
                    Command.create({"name": "Gas off", "kind": "check"}),
                    Command.create({"name": "Vented", "kind": "yes_no"}),
                    Command.create(
                        {
                            "name": "Pressure",
                            "kind": "number",
                            "limit_kind": "between",
                            "number_min": 1,
                            "number_max": 3,
                            "unit": "bar",
                        }
                    ),
                    Command.create({"name": "Model", "kind": "text", "is_required": False}),
                    Command.create({"name": "Plate", "kind": "photo"}),
                ],
            }
        )
        cls.checks = cls.env["sercom.job.check"].create(
            [
                {
                    "fsm_order_id": cls.job.id,
                    "checklist_id": checklist.id,
                    "checklist_line_id": line.id,
                    **{
                        name: line[name]
                        for name in (
                            "name",
                            "kind",
                            "is_required",
                            "limit_kind",
                            "number_min",
                            "number_max",
                            "unit",
                        )
                    },
                }
                for line in checklist.line_ids
            ]
        )

    def _get_entries(self):
        self.env.invalidate_all()
        return self.employee.attendance_ids.sorted("check_in")

    def test_day_with_network(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            phone.see("[data-visit]", "Change the valve")
            phone.see("[data-visit]", "Ring twice")
            self.assertTrue(phone.is_without_sideways_scroll())
            self.assertEqual(phone.get_small_targets(), [])
            # On my way: the client is told, and the clock offered for the road.
            phone.tap("[data-action=on_my_way]")
            phone.tap("[data-answer=yes]")
            phone.see(".clock-travel", "On the road")
            phone.see("[data-strip=notice]", "told by e-mail")
            # Clock in: a double tap with gloves is one.
            phone.tap(f"[data-job='{self.job.id}']")
            phone.run("new Promise((done) => setTimeout(done, 2100))")
            phone.tap("[data-punch=job]", times=2)
            phone.see(".clock-work", "Working")
            phone.see("[data-punch=job]", "Clock out")
            self._fill_checklist(phone)
            phone.tap("[data-tab=photos]")
            phone.take_photos("[data-photo=before]", "one.jpg", "two.jpg")
            phone.wait("document.querySelectorAll('[data-photos=before] .photo').length === 2")
            phone.take_photos("[data-photo=after]", "letter.pdf", content="none")
            phone.see("[data-strip=notice]", "letter.pdf is not a photo")
            phone.tap("[data-strip=notice].strip-bad")
            self.assertEqual(phone.get_small_targets(), [])
            phone.tap("[data-tab=finish]")
            phone.see(".screen", "Completing the job clocks you out")
            phone.type("#found_note", "Rust")
            phone.type("#signed_by", "Marie")
            phone.draw(".pad canvas")
            self.assertEqual(phone.get_small_targets(), [])
            self.assertTrue(phone.is_without_sideways_scroll())
            phone.tap("[data-action=complete]")
            phone.see(".chip-done", "Done")
            phone.see(".clock-off", "Not clocked in")
        entries = self._get_entries()
        self.assertEqual(entries.mapped("work_type"), ["travel", "work"])
        self.assertEqual(entries.mapped("out_reason"), ["switch", "end"])
        self.assertEqual(entries.fsm_order_id, self.job)
        self.assertEqual(self.checks.mapped("state"), ["done"] * 5)
        self.assertEqual(self.checks[2].value_number, 2.5)
        self.assertRecordValues(
            self.job, [{"state": "done", "signed_by": "Marie", "found_note": "Rust"}]
        )
        photos = self.job.photo_ids.filtered(lambda photo: not photo.check_id)
        self.assertEqual(photos.mapped("name"), ["one.jpg", "two.jpg"])
        self.assertEqual(photos.mapped("moment"), ["before", "before"])
        mails = self.env["mail.mail"].search(
            [
                ("model", "=", "fsm.order"),
                ("res_id", "=", self.job.id),
                ("subject", "like", "on the way"),
            ]
        )
        self.assertEqual(len(mails), 1)

    def _fill_checklist(self, phone):
        gas, vented, pressure, model, plate = self.checks.ids
        phone.tap("[data-tab=checks]")
        phone.tap(f"[data-check='{gas}'] .check-tick")
        phone.tap(f"[data-check='{vented}'] [data-value=yes]")
        phone.type(f"[data-check='{pressure}'] input", "9")
        phone.see(f"[data-check='{pressure}'].card-bad", "1 – 3 bar")
        phone.run(f"document.querySelector(\"[data-check='{pressure}'] input\").select()")
        phone.send("Input.insertText", text="2.5")
        phone.run("document.activeElement.blur()")
        phone.type(f"[data-check='{model}'] textarea", "HX-12")
        phone.take_photos(f"[data-photo='{plate}']", "plate.jpg")
        phone.see(f"[data-check='{plate}'].check-done")
        self.assertEqual(phone.get_small_targets(), [])
        self.assertTrue(phone.is_without_sideways_scroll())

    def test_day_without_network(self):
        """What is done without network is sent once, in order, at the moment it was done."""
        before = fields.Datetime.now().replace(microsecond=0)
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            phone.wait_until_kept()
            phone.cut_network()
            phone.reload()
            phone.see("[data-strip=network]", "No network")
            phone.see("[data-visit]", "Marie Tremblay")
            phone.tap(f"[data-job='{self.job.id}']")
            phone.tap("[data-punch=job]")
            phone.see(".clock-work", "Working")
            phone.see("[data-strip=outbox]", "No network: 1 thing to send")
            phone.tap("[data-tab=checks]")
            # Gloves tap twice: it stays ticked.
            phone.tap(f"[data-check='{self.checks[0].id}'] .check-tick", times=2)
            phone.tap("[data-tab=notes]")
            phone.type("[data-field=note]", "Valve leaks")
            phone.tap("[data-action=note]")
            phone.see(".note-waiting", "Valve leaks")
            phone.tap("[data-tab=photos]")
            phone.take_photos("[data-photo=during]", "leak.jpg")
            phone.see("[data-strip=outbox]", "No network: 4 things to send")
            # The battery dies, and the page opens again without network.
            phone.reload()
            phone.see(".clock-work", "Working")
            phone.see("[data-strip=outbox]", "No network: 4 things to send")
            phone.wait(
                "document.querySelectorAll('[data-photos=during] .photo-waiting').length === 1"
            )
            phone.tap("[data-strip=outbox]")
            phone.see("[data-outbox=photo]", "leak.jpg")
            self.assertEqual(
                phone.run(
                    "[...document.querySelectorAll('[data-outbox]')].map((el) => el.dataset.outbox)"
                ),
                ["punch", "check", "note", "photo"],
            )
            self.assertEqual(phone.get_small_targets(), [])
            self.assertTrue(phone.is_without_sideways_scroll())
            done = fields.Datetime.now()
            with self.hold_requests():
                self.assertFalse(self._get_entries())
            phone.run("new Promise((done) => setTimeout(done, 3000))")
            phone.restore_network()
            phone.see(".screen", "Everything is sent.")
            phone.miss("[data-strip=network]")
            phone.tap(".back")
            phone.see(".clock-work", "Working")
        entry = self._get_entries()
        self.assertEqual((len(entry), entry.fsm_order_id), (1, self.job))
        self.assertTrue(before <= entry.check_in <= done, (before, entry.check_in, done))
        self.assertTrue(before <= self.checks[0].answered_on <= done)
        notes = self.job.message_ids.filtered(lambda note: "Valve leaks" in note.body)
        self.assertEqual(len(notes), 1)
        self.assertEqual(self.job.photo_ids.mapped("name"), ["leak.jpg"])
        self.assertTrue(before <= self.job.photo_ids.date_taken <= done)
        rows = self.env["sercom.phone.action"].search(
            [("user_id", "=", self.user_technician.id)], order="id"
        )
        self.assertEqual(rows.mapped("kind"), ["punch", "check", "note", "photo"])
        self.assertEqual(set(rows.mapped("state")), {"done"})

    def test_answer_lost_on_the_way(self):
        """The server did it, and the phone never heard: it sends again, and it stays once."""
        with self.hold_phone("sercom_technician") as phone:
            phone.tap(f"[data-job='{self.job.id}']")
            phone.see("[data-screen=job]", "Marie Tremblay")
            phone.run(
                "window.calls = 0; const real = window.fetch;"
                " window.fetch = async (url, options) => {"
                " const answer = await real(url, options);"
                " if (String(url).endsWith('/sync') && ++window.calls === 1) {"
                " throw new TypeError('lost'); } return answer; }"
            )
            phone.tap("[data-punch=job]")
            phone.wait("window.calls === 2")
            phone.wait_until_sent()
        self.assertEqual(len(self._get_entries()), 1)

    def test_photo_too_big_for_a_proxy(self):
        """What a proxy refuses for its size stays to be read, and holds up nothing behind it."""
        with self.hold_phone("sercom_technician") as phone:
            phone.tap(f"[data-job='{self.job.id}']")
            phone.tap("[data-tab=photos]")
            phone.run(
                "const real = window.fetch; window.fetch = (url, options) =>"
                " options?.body?.includes('image\":') ? new Response('', {status: 413})"
                " : real(url, options);"
            )
            phone.take_photos("[data-photo=during]", "poster.jpg")
            phone.see("[data-strip=outbox]", "1 thing was refused")
            phone.tap("[data-tab=notes]")
            phone.type("[data-field=note]", "After it")
            phone.tap("[data-action=note]")
            phone.see(".note", "After it")
            phone.wait_until_sent()
            phone.tap("[data-strip=outbox]")
            phone.see("[data-outbox=photo] .refusal", "takes nothing of this size")
        self.env.invalidate_all()
        self.assertFalse(self.job.photo_ids)
        self.assertTrue(self.job.message_ids.filtered(lambda note: "After it" in note.body))

    def test_private_window(self):
        """Without a disk to keep anything on, the clock works, and the page says so."""
        with self.hold_phone("sercom_technician") as phone:
            phone.send(
                "Page.addScriptToEvaluateOnNewDocument",
                source="Object.defineProperty(window, 'indexedDB',"
                " {value: {open() { throw new Error('none'); }}});",
            )
            phone.reload()
            phone.see("[data-strip=notice]", "keeps nothing")
            phone.tap("[data-strip=notice]")
            phone.tap("[data-punch=other]")
            phone.see(".clock-other")
            phone.wait_until_sent()
        self.assertEqual(len(self._get_entries()), 1)

    def test_refused_stays_until_it_is_read(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.tap(f"[data-job='{self.job.id}']")
            phone.tap("[data-tab=checks]")
            phone.type(f"[data-check='{self.checks[2].id}'] input", "1.2.3")
            phone.see("[data-strip=outbox]", "1 thing was refused")
            phone.reload()
            phone.tap("[data-strip=outbox]")
            phone.see("[data-outbox] .refusal", "is not a number")
            phone.tap("[data-action=retry]")
            phone.run("new Promise((done) => setTimeout(done, 2000))")
            phone.see("[data-outbox] .refusal", "is not a number")
            phone.tap("[data-action=dismiss]")
            phone.tap("[data-answer=yes]")
            phone.see(".screen", "Everything is sent.")

    def test_break_and_end_of_day(self):
        with self.hold_phone("sercom_technician") as phone:
            for punch, state in (
                ("other", "other"),
                ("break", "break"),
                ("resume", "other"),
                ("travel", "travel"),
                ("end", "off"),
            ):
                phone.tap(f".clock-buttons [data-punch={punch}]")
                phone.see(f".clock-{state}")
                phone.wait_until_sent()
                phone.run("new Promise((done) => setTimeout(done, 2100))")
        self.assertEqual(
            [(entry.work_type, entry.out_reason) for entry in self._get_entries()],
            [("other", "break"), ("other", "switch"), ("travel", "end")],
        )

    def test_tomorrow_and_the_week(self):
        later = self._create_job(location_id=self._create_site(name="Chalet").id)
        self._assign(later, start=self.block.date_start + timedelta(days=1))
        with self.hold_phone("sercom_technician") as phone:
            phone.tap("[data-span=tomorrow]")
            phone.see("[data-visit]", "Chalet")
            phone.tap("[data-span=week]")
            phone.see("[data-visit]", "Chalet")

    def test_user_without_employee(self):
        with self.hold_phone("sercom_internal") as phone:
            phone.see("[data-empty=employee]", "Ask the office")
            self.assertFalse(phone.count(".clock"))

    def test_in_french(self):
        """Templates, code, dates and what the server says: all in the technician's language."""
        self.env["res.lang"]._activate_lang("fr_CA")
        self.user_technician.lang = "fr_CA"
        terms = {"Not clocked in": "Pas pointé", "On my way": "En route"}
        messages = [{"id": term, "string": word} for term, word in terms.items()]
        with (
            patch.object(
                code_translations, "get_web_translations", lambda *args: {"messages": messages}
            ),
            self.hold_phone("sercom_technician") as phone,
        ):
            self.assertEqual(phone.run("document.documentElement.lang"), "fr-CA")
            phone.see(".clock-off", "Pas pointé")
            phone.see("[data-action=on_my_way]", "En route")
            phone.see("[data-visit]", " h ")
            # What the server says is in that language too.
            phone.run(
                "const real = window.fetch; window.fetch = (url, options) => {"
                " window.sentBody = options?.body; return real(url, options); };"
                " window.dispatchEvent(new Event('online'))"
            )
            phone.wait('window.sentBody?.includes(\'"lang":"fr_CA"\')')
            phone.wait_until_kept()
            phone.cut_network()
            phone.reload()
            phone.see(".clock-off", "Pas pointé")

    def test_time_without_job(self):
        now = fields.Datetime.now()
        entry = self._clock(
            now - timedelta(minutes=20),
            now - timedelta(minutes=5),
            job=self.env["fsm.order"],
            work_type="travel",
        )
        with self.hold_phone("sercom_technician") as phone:
            phone.tap(f"[data-jobless='{entry.id}'] [data-entry-job='{self.job.id}']")
            phone.miss("[data-jobless]")
            phone.see("[data-strip=notice]", "Your supervisor is asked")
        self.env.invalidate_all()
        self.assertEqual(entry.correction_ids.mapped("state"), ["proposed"])

    def test_position_with_consent_only(self):
        self.company.attendance_device_tracking = True
        self.site.partner_id.write({"partner_latitude": 45.52, "partner_longitude": -73.57})
        with self.hold_phone("sercom_technician") as phone:
            phone.send("Browser.grantPermissions", permissions=["geolocation"])
            phone.send(
                "Emulation.setGeolocationOverride", latitude=45.53, longitude=-73.57, accuracy=20
            )
            phone.tap("[data-punch=other]")
            phone.see(".question", "only then")
            phone.tap("[data-answer=yes]")
            phone.see(".clock-other")
            phone.see("[data-visit]", "1.1 km")
            phone.wait_until_sent()
        entry = self._get_entries()
        self.assertAlmostEqual(entry.in_latitude, 45.53, 4)

    def test_position_refused(self):
        self.company.attendance_device_tracking = True
        with self.hold_phone("sercom_technician") as phone:
            phone.tap("[data-punch=other]")
            phone.tap("[data-answer=no]")
            phone.see(".clock-other")
            phone.wait_until_sent()
            phone.run("new Promise((done) => setTimeout(done, 2100))")
            phone.tap("[data-punch=travel]")  # not asked again
            phone.see(".clock-travel")
            phone.wait_until_sent()
        self.assertFalse(any(self._get_entries().mapped("in_latitude")))
