from datetime import timedelta

from lxml import etree

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.sercom_requests.tests.common import PIXEL

from .common import MyDayCommon


@tagged("post_install", "-at_install")
class TestMyDayRefusals(MyDayCommon):
    """What is refused takes nothing else with it, and is lost to nobody."""

    def test_clock_ends_whatever_becomes_of_the_completion(self):
        """Also for a page of before, which sent both as one."""
        line = {"name": "Gas off", "kind": "check"}
        checklist = self.env["sercom.checklist"].create(
            {"name": "Heater", "line_ids": [Command.create(line)]}
        )
        self.env["sercom.job.check"].create(
            {
                **line,
                "fsm_order_id": self.job.id,
                "checklist_id": checklist.id,
                "checklist_line_id": checklist.line_ids.id,
                "is_required": True,
            }
        )
        self._sync(self._make("punch", 60, punch="start"))
        complete = self._make("complete", 5, clock_out=True, signature=PIXEL.decode())
        result = self._sync(complete)[0]
        self.assertEqual(result["status"], "refused")
        self.assertIn("Gas off", result["message"])
        entry = self.employee.attendance_ids
        self.assertEqual(entry.check_out, self.now - timedelta(minutes=5))
        self.assertNotEqual(self.job.state, "done")

    def test_own_clock_ends_on_a_job_of_somebody_else_meanwhile(self):
        for minutes, punch in ((60, "break"), (30, "end")):
            self.job.assignment_ids.employee_id = self.employee
            start = self._make("punch", minutes, punch="start")
            self.assertEqual(self._sync(start)[0]["status"], "done")
            self.job.assignment_ids.employee_id = self.anne
            result = self._sync(self._make("punch", minutes - 20, punch=punch))[0]
            self.assertEqual((result["status"], result["message"]), ("done", ""))
            entry = self.employee.attendance_ids.sorted("check_in")[-1]
            self.assertEqual(entry.check_out, self.now - timedelta(minutes=minutes - 20))
            self.assertEqual((entry.fsm_order_id, entry.out_reason), (self.job, punch))
        # Nothing else of it: no new start, and no end of what does not run there.
        for punch in ("start", "end"):
            result = self._sync(self._make("punch", 1, punch=punch))[0]
            self.assertEqual(result["status"], "refused")
        self.assertEqual(len(self.employee.attendance_ids), 2)

    def test_what_is_no_action_holds_up_nothing(self):
        note = self._make("note", text="Valve leaks")
        lost = self._make("note", text="Elsewhere", job_id=10**30)
        results = self._sync("punch", None, ["note"], 5, lost, note)
        self.assertEqual([result["status"] for result in results], ["refused"] * 5 + ["done"])
        self.assertEqual([result["uuid"] for result in results[:4]], [""] * 4)
        self.assertIn("Valve leaks", self.job.message_ids[:1].body)

    def _propose(self, *actions):
        """What the office gets of actions on a job that is somebody else's meanwhile."""
        self.job.assignment_ids.employee_id = self.anne
        results = self._sync(*actions)
        for result in results:
            self.assertEqual((result["status"], result.get("is_proposed")), ("refused", True))
            self.assertIn("The office has what you did", result["message"])
        self.assertEqual(self._sync(*actions), results)
        uuids = [action["uuid"] for action in actions]
        rows = self.env["sercom.phone.action"].search([("uuid", "in", uuids)], order="id")
        self.assertEqual(rows.mapped("state"), ["proposed"] * len(actions))
        return rows.with_user(self.user_dispatcher)

    def test_work_on_a_job_of_somebody_else_meanwhile(self):
        rows = self._propose(
            self._make("note", 50, text="Valve leaks"),
            self._make("photo", 40, image=PIXEL.decode(), name="leak.jpg", when="before"),
            self._make("found", 30, found_note="Rust"),
        )
        self.assertIn("Valve leaks", rows[0].content_text)
        self.assertTrue(rows[1].picture)
        self.assertFalse(self.job.photo_ids)
        rows.action_accept()
        self.assertEqual(rows.mapped("state"), ["done"] * 3)
        self.assertEqual(rows.decided_by_id, self.user_dispatcher)
        note = self.job.message_ids.filtered(lambda message: "Valve leaks" in message.body)
        self.assertEqual(note.author_id, self.user_technician.partner_id)
        self.assertEqual(self.job.photo_ids.date_taken, self.now - timedelta(minutes=40))
        self.assertEqual(self.job.found_note, "Rust")
        with self.assertRaisesRegex(UserError, "decided already"):
            rows[0].action_accept()

    def test_discarded_work_changes_nothing(self):
        row = self._propose(self._make("note", text="Valve leaks"))
        row.action_discard()
        self.assertEqual(row.state, "discarded")
        self.assertFalse(self.job.message_ids.filtered(lambda note: "leaks" in note.body))

    def test_who_did_refused_work_reads_why(self):
        row = self._propose(self._make("note", text="Valve leaks"))
        dialog = self.env["sercom.phone.discard"].with_user(self.user_dispatcher)
        with Form(dialog.with_context(default_action_ids=row.ids)) as form:
            form.reason = "Anne has done it again"
        form.record.action_discard()
        self.assertEqual((row.state, row.reason), ("discarded", "Anne has done it again"))
        note = self.job.message_ids[:1]
        self.assertIn("Anne has done it again", note.body)
        self.assertRegex(note.body, "Not taken: .*Note")
        told = note.notification_ids
        self.assertEqual(told.res_partner_id, self.user_technician.partner_id)
        self.assertEqual(told.notification_type, "inbox")

    def test_a_dispatcher_is_asked_once_for_each_job(self):
        rows = self._propose(self._make("note", text="Valve leaks"), self._make("found"))
        activity = self.job.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertIn(self.user_technician.name, activity.summary)
        self.assertTrue(activity.user_id.has_group("fieldservice.group_fsm_dispatcher"))
        job = self.job.with_user(self.user_dispatcher)
        self.assertEqual(job.phone_work_count, 2)
        action = job.action_view_phone_work()
        found = rows.search(action["domain"])
        self.assertEqual(found, rows.sorted("id", reverse=True))
        rows[0].action_accept()
        self.assertTrue(self.job.activity_ids, "the other one waits")
        rows[1].action_discard()
        self.assertFalse(self.job.activity_ids)

    def test_the_home_page_counts_what_waits(self):
        self._propose(self._make("note", text="Valve leaks"))
        home = self.env["sercom.home"].with_user(self.user_dispatcher)
        sections = {section["key"]: section["tiles"] for section in home.get_home()["sections"]}
        [tile] = [tile for tile in sections["jobs"] if tile["key"] == "phone_work_to_decide"]
        self.assertEqual((tile["count"], tile["tone"]), (1, "warning"))
        domain = home.open_tile("phone_work_to_decide")["domain"]
        self.assertEqual(self.env["sercom.phone.action"].search_count(domain), 1)

    def test_the_office_is_asked_in_its_own_language(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        self.user_technician.lang = "fr_CA"
        self._propose(self._make("note", text="Valve leaks"))
        user = self.job.activity_ids.user_id
        self.assertEqual(user.lang, "en_US")
        domain = [("res_id", "=", self.job.id), ("partner_ids", "in", user.partner_id.ids)]
        [message] = self.env["mail.message"].search([*domain, ("model", "=", "fsm.order")])
        self.assertIn("assigned to you", message.subject)

    def test_the_form_says_to_whom_its_message_speaks(self):
        """It says "you" to the person; what is to be decided stands before what is done."""
        rows = self._propose(self._make("note", text="Valve leaks"))
        view = rows.get_view(view_type="form")
        labels = etree.fromstring(view["arch"]).xpath("//label[@for='message']")
        self.assertEqual(len(labels), 1)
        described = rows.fields_get(["message", "state"])
        self.assertEqual(described["message"]["string"], "Told to the Person")
        states = [state for state, _label in described["state"]["selection"]]
        self.assertLess(states.index("proposed"), states.index("done"))

    def test_an_action_is_told_in_words(self):
        """Who, what, on which job and when, where the reader is; never a number of the phone."""
        self.user_dispatcher.tz = "America/Toronto"
        photo = {"image": PIXEL.decode(), "name": "leak.jpg", "when": "before"}
        rows = self._propose(
            self._make("photo", 30, **photo),
            self._make("check", 20, check_id=1, name="Gas off", value=True),
            self._make("next_visit", 10, date="2026-11-20", text="Paint"),
        )
        name = f"{self.user_technician.name} · Photo · {self.job.name} · Nov 3, 09:30"
        self.assertEqual(rows[0].display_name, name)
        self.assertEqual(rows.mapped("kind_name"), ["Photo", "Checklist", "Next visit"])
        self.assertEqual(rows[0].content_text, "Name: leak.jpg\nTaken: Before")
        self.assertEqual(rows[1].content_text, "Name: Gas off\nAnswer: Yes")
        self.assertEqual(rows[2].content_text, "Text: Paint\nNot before: 11/20/2026")
        kinds = set(self.env["sercom.my.day"]._get_handlers())
        self.assertEqual(kinds - set(rows._get_kind_names()), set(), "each kind has its name")
        for row in rows:
            self.assertNotIn(row.uuid, row.display_name)
        for kind in ("form", "list", "kanban", "search"):
            arch = rows.get_views([(False, kind)])["views"][kind]["arch"]
            names = {node.get("name") for node in etree.fromstring(arch).iter("field")}
            self.assertTrue(names.isdisjoint({"uuid", "kind", "content"}), kind)

    def test_only_dispatchers_decide(self):
        row = self._propose(self._make("note", text="Valve leaks"))
        for method in ("action_accept", "action_discard"):
            with self.assertRaises(AccessError):
                getattr(row.with_user(self.user_technician), method)()

    def test_cancelled_meanwhile(self):
        self.job.action_cancel()
        result = self._sync(self._make("found", found_note="Rust"))[0]
        self.assertIn("is cancelled", result["message"])
        self.assertTrue(result["is_proposed"])
        row = self.env["sercom.phone.action"].search([("uuid", "=", result["uuid"])])
        self.assertEqual(row.content["found_note"], "Rust")
        row.with_user(self.user_dispatcher).action_accept()
        self.assertEqual(self.job.found_note, "Rust")

    def test_refused_punch_is_known_to_be_with_the_supervisor(self):
        self.job.action_cancel()
        self.assertTrue(self._sync(self._make("punch", 5, punch="start"))[0]["is_proposed"])

    def test_what_can_be_mended_on_the_phone_is_no_proposal(self):
        results = self._sync(self._make("note", text=" "), self._make("photo", image="%%%"))
        self.assertEqual([result["status"] for result in results], ["refused", "refused"])
        self.assertFalse(any(result.get("is_proposed") for result in results))

    def test_screen_of_the_office(self):
        """A dispatcher reads the content, also of a job of which they know nothing else."""
        row = self._propose(self._make("note", text="Valve leaks"))
        view = row.get_views([(False, "form")])["views"]["form"]
        names = etree.fromstring(view["arch"]).xpath("//field/@name")
        self.assertIn("content_text", names)
        self.assertIn("Valve leaks", row.read(names)[0]["content_text"])

    def test_phone_clock_set_right_between_punch_and_sync(self):
        """It was two hours ahead at the punch, as the server had told it; then it was set right."""
        clock = {"offset": -7200, "is_offset_sure": True}
        sent = fields.Datetime.to_string(self.now)
        result = self._sync(self._make("punch", -90, punch="start", **clock), sent=sent)[0]
        self.assertEqual(result["status"], "done", result)
        self.assertEqual(self.employee.attendance_ids.check_in, self.now - timedelta(minutes=30))

    def test_moment_that_nobody_knows_is_a_proposal(self):
        sent = fields.Datetime.to_string(self.now)
        result = self._sync(self._make("punch", 150, punch="start", offset=7200), sent=sent)[0]
        self.assertEqual((result["status"], result["is_proposed"]), ("refused", True))
        self.assertIn("was changed", result["message"])
        self.assertIn("Your supervisor sees it", result["message"])
        self.assertFalse(self.employee.attendance_ids)
        proposal = self.env["sercom.clock.correction"].search(
            [("employee_id", "=", self.employee.id)]
        )
        self.assertEqual(proposal.state, "proposed")
        self.assertEqual(proposal.new_check_in, self.now - timedelta(minutes=30))
        future = self._sync(self._make("punch", -90, punch="end"), sent=sent)[0]
        self.assertTrue(future["is_proposed"], future)
