import base64
from datetime import timedelta

from lxml import etree

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.sercom_requests.tests.common import PIXEL

from .common import MyDayCommon

# Another picture than the usual one: a point in grey.
OTHER_PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestMyDayLateWork(MyDayCommon):
    """Work that arrives when its job is over, or somebody else's: nothing of it is lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        line = {"name": "Gas off", "kind": "check"}
        checklist = cls.env["sercom.checklist"].create(
            {"name": "Heater", "line_ids": [Command.create(line)]}
        )
        cls.check = cls.env["sercom.job.check"].create(
            {
                **line,
                "fsm_order_id": cls.job.id,
                "checklist_id": checklist.id,
                "checklist_line_id": checklist.line_ids.id,
                "is_required": False,
            }
        )
        cls.photo = cls.env["sercom.photo"].create(
            {"name": "IMG_1.jpg", "image_1920": PIXEL, "fsm_order_id": cls.job.id}
        )

    def _send(self, *actions):
        """What the office has to decide of actions that come too late."""
        for result in self._sync(*actions):
            self.assertEqual((result["status"], result.get("is_proposed")), ("refused", True))
        uuids = [action["uuid"] for action in actions]
        rows = self.env["sercom.phone.action"].search([("uuid", "in", uuids)], order="id")
        self.assertEqual(rows.mapped("state"), ["proposed"] * len(actions))
        return rows.with_user(self.user_dispatcher)

    def _make_completion(self, **vals):
        told = {
            "signature": PIXEL.decode(),
            "signed_by": "Marie",
            "found_note": "Rust",
            "work_note": "Valve replaced",
            "over_hours_reason": "Stuck",
        }
        return self._make("complete", 20, **{**told, **vals})

    def test_completion_of_a_job_that_was_completed_meanwhile(self):
        self.job.action_complete()
        row = self._send(self._make_completion())
        self.assertIn("completed meanwhile", row.message)
        self.assertFalse(self.job.signature)
        row.action_accept()
        self.assertRecordValues(
            self.job,
            [
                {
                    "state": "done",
                    "found_note": "Rust",
                    "work_note": "Valve replaced",
                    "over_hours_reason": "Stuck",
                    "signed_by": "Marie",
                    "signed_on": self.now - timedelta(minutes=20),
                    "signature": PIXEL,
                }
            ],
        )
        signed = self.job.message_ids.filtered(lambda note: "Signed by Marie" in note.body)
        self.assertEqual(signed.author_id, self.user_technician.partner_id)

    def test_late_completion_replaces_nothing(self):
        """The mate has told and had signed as much: both stay, who and when stands with it."""
        self.job.write({"found_note": "Dry", "over_hours_reason": "Traffic"})
        self.job._keep_signature(PIXEL.decode(), "Paul", self.now)
        self.job.action_complete()
        row = self._send(self._make_completion(signature=OTHER_PIXEL))
        row.action_accept()
        technician = self.user_technician.name
        self.assertEqual(self.job.found_note, f"Dry\n\n{technician}, Nov 3, 09:40: Rust")
        self.assertEqual(self.job.over_hours_reason, f"Traffic · {technician}, Nov 3, 09:40: Stuck")
        self.assertEqual((self.job.signed_by, self.job.signature), ("Paul", PIXEL))
        note = self.job.message_ids.filtered(lambda note: "Also signed by Marie" in note.body)
        self.assertEqual(note.attachment_ids.datas, OTHER_PIXEL.encode())
        self.assertEqual(base64.b64decode(OTHER_PIXEL), note.attachment_ids.raw)

    def test_late_completion_of_a_job_somebody_else_goes_on_with(self):
        """It is completed now, and what its new technician noted stays."""
        self.job.action_start()
        self.job.assignment_ids.employee_id = self.anne
        row = self._send(self._make_completion())
        self.job.found_note = "Dry"
        row.action_accept()
        self.assertEqual(self.job.state, "done")
        self.assertRegex(self.job.found_note, r"^Dry\n\n.*Rust$")
        self.assertEqual(self.job.signed_by, "Marie")

    def test_completed_meanwhile_with_the_same(self):
        """The crew's two phones tell the same: nothing is lost, and nobody is asked."""
        self.assertEqual(self._sync(self._make_completion())[0]["status"], "done")
        again = [self._make_completion(), self._make("complete")]
        self.assertEqual([one["status"] for one in self._sync(*again)], ["done", "done"])

    def test_late_notes_are_added_beside(self):
        self.job.found_note = "Dry"
        self.job.action_complete()
        self._send(self._make("found", 20, found_note="Rust", advice_note="Paint")).action_accept()
        self.assertRegex(self.job.found_note, r"^Dry\n\n.*: Rust$")
        self.assertEqual(self.job.advice_note, "Paint")

    def _make_every_kind(self):
        """An action of each kind, and what tells that it was done."""
        photo = self._make("photo", 30, image=PIXEL.decode(), name="leak.jpg", when="before")
        job = self.job
        return [
            (
                self._make("check", 40, check_id=self.check.id, name="Gas off", value=True),
                lambda: self.check.value_check,
            ),
            (
                self._make("note", 35, text="Valve leaks"),
                lambda: any("Valve leaks" in note.body for note in job.message_ids),
            ),
            (photo, lambda: job.photo_ids - self.photo),
            (
                self._make("caption", 25, photo_uuid=photo["uuid"], caption="Rusty valve"),
                lambda: (job.photo_ids - self.photo).name == "Rusty valve",
            ),
            (
                self._make("found", 24, found_note="Rust"),
                lambda: job.found_note == "Rust",
            ),
            (
                self._make("issue", 23, text="Roof leaks"),
                lambda: any("Roof leaks" in note.body for note in job.message_ids),
            ),
            (
                self._make("next_visit", 22, text="Paint", date="2026-11-20"),
                lambda: job.next_job_ids,
            ),
            (self._make_completion(), lambda: job.state == "done" and job.signed_by == "Marie"),
        ]

    def test_every_kind_on_a_job_of_somebody_else(self):
        """All of a day's work, accepted at once from the list, where the latest comes first."""
        every = self._make_every_kind()
        proposed = self.env["sercom.my.day"]._get_proposed_kinds()
        # Parts and quotes have tests of their own.
        others = {"part", "part_add", "quote", "quote_declined"}
        self.assertEqual({action["kind"] for action, _done in every}, proposed - others)
        self.job.assignment_ids.employee_id = self.anne
        rows = self._send(*[action for action, _done in every])
        self.assertEqual(rows[3].content_text, "Caption: Rusty valve")
        rows.sorted("id", reverse=True).action_accept()
        self.assertEqual(set(rows.mapped("state")), {"done"})
        for action, is_done in every:
            self.assertTrue(is_done(), action["kind"])

    def test_what_an_answer_and_a_completion_hold_is_read_where_it_is_decided(self):
        """The item by its name of today, whatever the phone called it, and when the clock ends."""
        self.user_dispatcher.tz = "America/Toronto"
        self.check.write({"name": "Gas shut off"})
        number = self.check.copy(
            {"name": "Pressure", "kind": "number", "unit": "kPa", "checklist_line_id": False}
        )
        gone = number.copy({"checklist_line_id": False})
        of_another = self.check.copy({"fsm_order_id": self._create_job().id, "name": "Secret"})
        photo = {"image": PIXEL.decode(), "name": "gauge.jpg", "when": "after"}
        actions = [
            self._make("check", 40, check_id=self.check.id, name="Gas off", value=True),
            self._make("check", 40, check_id=number.id, value=12.5),
            self._make("check", 40, check_id=number.id, value=1),
            self._make("check", 40, check_id=number.id, value=0),
            self._make("check", 40, check_id=number.id, value=None),
            self._make("check", 40, check_id=gone.id, value=True),
            self._make("check", 40, check_id=of_another.id, value=True),
            self._make("photo", 30, check_id=number.id, **photo),
            self._make("complete", 20, clock_out=True, signed_by="Marie"),
            self._make("complete", 20, clock_out=False, signed_by="Marie"),
        ]
        gone.unlink()
        self.job.assignment_ids.employee_id = self.anne
        rows = self._send(*actions)
        missing = "Item: No longer on the checklist\nAnswer: Yes"
        texts = [
            "Item: Gas shut off\nAnswer: Yes",
            "Item: Pressure\nAnswer: 12.5 kPa",
            "Item: Pressure\nAnswer: 1 kPa",
            "Item: Pressure\nAnswer: 0 kPa",
            "Item: Pressure\nAnswer: Taken back",
            missing,
            missing,
            "Item: Pressure\nName: gauge.jpg\nTaken: After",
            "Signed by: Marie\nClocked out: Nov 3, 09:40",
            "Signed by: Marie",
        ]
        views = rows.get_views([(False, "list"), (False, "form"), (False, "kanban")])["views"]
        for kind, view in views.items():
            names = etree.fromstring(view["arch"]).xpath("//field/@name")
            self.assertIn("content_text", names, kind)
            told = rows.web_read({name: {} for name in names})
            self.assertEqual([values["content_text"] for values in told], texts, kind)

    def test_every_kind_on_a_job_completed_meanwhile(self):
        """Taken at once, or decided by the office: and then it is on the job."""
        self.job.action_complete()
        for action, is_done in self._make_every_kind():
            with self.subTest(kind=action["kind"]):
                [result] = self._sync(action)
                row = self.env["sercom.phone.action"].search([("uuid", "=", result["uuid"])])
                if result["status"] == "refused":
                    self.assertTrue(result.get("is_proposed"), result)
                    row.with_user(self.user_dispatcher).action_accept()
                self.assertEqual(row.state, "done")
                self.assertTrue(is_done())

    def test_every_kind_on_a_cancelled_job(self):
        """Done, or kept to be decided until the job is open again; never lost."""
        self.job.action_cancel()
        for action, _is_done in self._make_every_kind():
            with self.subTest(kind=action["kind"]):
                [result] = self._sync(action)
                row = self.env["sercom.phone.action"].search([("uuid", "=", result["uuid"])])
                self.assertIn(row.state, ("done", "proposed"), result)
                if row.state == "proposed":
                    try:
                        with self.env.cr.savepoint():
                            row.with_user(self.user_dispatcher).action_accept()
                    except UserError as error:
                        self.assertIn(self.job.name, str(error))
                        self.assertEqual(row.state, "proposed")
