from odoo.tests import tagged

from .phone import PhoneCase

# All that the browser keeps of this site, as text: encrypted bytes as what they would spell.
KEPT = """(async () => {
    const texts = [];
    const decoder = new TextDecoder("latin1");
    const show = (value) => {
        if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
            texts.push(decoder.decode(value));
        } else if (value && typeof value === "object") {
            Object.values(value).forEach(show);
        } else {
            texts.push(String(value));
        }
    };
    for (const {name} of await indexedDB.databases()) {
        const request = indexedDB.open(name);
        const database = await new Promise((resolve) => {
            request.onsuccess = () => resolve(request.result);
        });
        for (const store of database.objectStoreNames) {
            const all = database.transaction(store).objectStore(store).getAll();
            await new Promise((resolve) => (all.onsuccess = resolve));
            texts.push(`${store}:${all.result.length}`);
            show(all.result);
        }
        database.close();
    }
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            texts.push(request.url, await (await cache.match(request)).text());
        }
    }
    show({...localStorage});
    show({...sessionStorage});
    return texts.join("\\n");
})()"""
READ = ("Marie Tremblay", "4321 rue Saint-Denis", "Valve leaks", "Half a note", "Luc Gagnon")


@tagged("post_install", "-at_install")
class TestMyDaySignOut(PhoneCase):
    """A phone goes from hand to hand: nobody reads there what was somebody else's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_other = cls._create_user("next_technician", "fieldservice.group_fsm_user_own")
        cls.other = cls.env["hr.employee"].create(
            {"name": "Max Roy", "user_id": cls.user_other.id, "tz": cls.zone}
        )

    def _write_note(self, phone, text, is_added=True):
        phone.tap(f"[data-job='{self.job.id}']")
        phone.tap("[data-tab=notes]")
        phone.type("[data-field=note]", text)
        if is_added:
            phone.tap("[data-action=note]")
            phone.see(".note", text)

    def _assert_unreadable(self, phone, *others):
        kept = phone.run(KEPT)
        for text in (*READ, *others):
            self.assertNotIn(text, kept)
        return kept

    def _sign_in(self, phone, login):
        phone.see("form.oe_login_form")
        phone.run(
            f"document.querySelector('#login').value = '{login}';"
            f"document.querySelector('#password').value = '{login}';"
            "document.querySelector('form.oe_login_form').submit()"
        )
        phone.see("[data-screen=day]")

    def test_what_the_phone_keeps_is_encrypted(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            phone.wait_until_kept()
            phone.cut_network()
            self._write_note(phone, "Valve leaks")
            phone.type("[data-field=note]", "Half a note")
            database = phone.run(KEPT.replace("caches.keys()", "[]"))
            self.assertIn("outbox:1", database)
            for text in READ:
                self.assertNotIn(text, database)
            phone.reload()  # and it is read again, without network
            phone.see(".note-waiting", "Valve leaks")
            phone.wait("document.querySelector('[data-field=note]').value === 'Half a note'")

    def test_nothing_stays_after_sign_out(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            phone.wait_until_kept()
            self._write_note(phone, "Valve leaks")
            phone.type("[data-field=note]", "Half a note")
            phone.tap("[data-action=back]")
            phone.tap("[data-action=sign_out]")
            phone.see(".question", "Everything is sent")
            phone.tap("[data-answer=yes]")
            phone.see("form.oe_login_form")
            kept = self._assert_unreadable(phone, "sercom-my-day", "/my-day", "secret")
            self.assertIn("data:0", kept)
            self.assertIn("outbox:0", kept)
            self.assertEqual(
                phone.run("navigator.serviceWorker.getRegistrations().then((all) => all.length)"),
                0,
            )
            phone.run("location.assign('/my-day')")
            phone.see("form.oe_login_form")
        self.env.invalidate_all()
        notes = self.job.message_ids.filtered(lambda note: "Valve leaks" in note.body)
        self.assertEqual(len(notes), 1)

    def test_what_could_not_be_sent_waits_for_its_owner(self):
        """The next person sees that something waits, and not what; its owner sends it."""
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            phone.run(
                "const real = window.fetch; window.fetch = (url, options) =>"
                " String(url).endsWith('/sync') ? new Response('', {status: 503})"
                " : real(url, options);"
            )
            self._write_note(phone, "Valve leaks")
            phone.see("[data-strip=outbox]", "No network")  # it moves what is below it
            phone.tap("[data-action=back]")
            phone.tap("[data-action=sign_out]")
            phone.see(".question", "not sent yet (1)")
            phone.tap("[data-answer=yes]")
            kept = self._assert_unreadable(phone)
            self.assertIn("outbox:1", kept)
            self._sign_in(phone, "next_technician")
            phone.see("[data-strip=foreign]", "somebody else")
            phone.see("[data-empty=visits]")
            self.assertNotIn("Valve leaks", phone.get_text("body"))
            self.assertEqual(phone.get_small_targets(), [])
            self._assert_unreadable(phone)
            phone.tap("[data-action=sign_out]")
            phone.tap("[data-answer=yes]")
            phone.see("form.oe_login_form")
            with self.hold_requests():
                self.assertFalse(self._get_notes())
            self._sign_in(phone, "sercom_technician")
            phone.wait(f"{KEPT}.then((kept) => kept.includes('outbox:0'))")
            phone.miss("[data-strip=foreign]")
        self.assertEqual(len(self._get_notes()), 1)
        self.assertEqual(self._get_notes().author_id, self.user_technician.partner_id)

    def _get_notes(self):
        self.env.invalidate_all()
        return self.job.message_ids.filtered(lambda note: "Valve leaks" in note.body)

    def test_no_sign_out_without_network(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.wait_until_kept()
            phone.cut_network()
            phone.tap("[data-action=sign_out]")
            phone.tap("[data-answer=yes]")
            phone.see("[data-strip=notice]", "You are not signed out")
            phone.see("[data-visit]", "Marie Tremblay")

    def _keep_cookie(self, phone, value):
        """The session changes behind the page; an answer on its way brings no old one back."""
        cookie = f"document.cookie = 'sercom_my_day_user={value}'"
        phone.run(f"{cookie}; setInterval(() => ({cookie}), 50)")

    def test_kept_page_of_somebody_else_is_never_shown(self):
        """Somebody else signs in at the login form; the network then is too slow for the page."""
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            phone.wait_until_kept()
            self._keep_cookie(phone, f"{self.user_other.id}; path=/")
            phone.see("[data-closed=other_user]", "Somebody else is signed in")
            self.assertNotIn("Marie", phone.get_text("body"))
            phone.wait("caches.keys().then((names) => !names.length)")

    def test_page_kept_from_before_the_sign_out_stays_closed(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            phone.wait_until_kept()
            # As Odoo's own sign-out leaves it, when the page opens again without network.
            self._keep_cookie(phone, "; path=/; max-age=0")
            phone.cut_network()
            phone.see("[data-closed=signed_out]", "You are signed out")
            self.assertEqual(phone.get_small_targets(), [])

    def test_odoos_own_sign_out_leaves_nothing_readable(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.see("[data-visit]", "Marie Tremblay")
            phone.wait_until_kept()
            phone.run("location.assign('/web/session/logout')")
            phone.see("form.oe_login_form")
            phone.wait("caches.keys().then((names) => !names.length)")
            self._assert_unreadable(phone)
            self._sign_in(phone, "next_technician")
            phone.see("[data-empty=visits]")
            self._assert_unreadable(phone)
