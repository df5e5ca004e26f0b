import base64
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.sercom_requests.tests.common import PIXEL

from .common import MyDayCommon

ACTION = "odoo.addons.sercom_my_day.models.sercom_phone_action"
SYNC = "odoo.addons.sercom_my_day.models.sercom_my_day_sync"


@tagged("post_install", "-at_install")
class TestMyDaySync(MyDayCommon):
    """What the phone sends is applied in order, each action once, whatever happens to another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        checklist = cls.env["sercom.checklist"].create(
            {
                "name": "Heater",
                "line_ids": [
                    fields.Command.create({"name": "Gas off", "kind": "check"}),
                    fields.Command.create({"name": "Pressure", "kind": "number"}),
                    fields.Command.create({"name": "Plate", "kind": "photo"}),
                ],
            }
        )
        cls.checks = cls.env["sercom.job.check"].create(
            [
                {
                    "fsm_order_id": cls.job.id,
                    "checklist_id": checklist.id,
                    "checklist_line_id": line.id,
                    "name": line.name,
                    "kind": line.kind,
                }
                for line in checklist.line_ids
            ]
        )

    def _assert_done(self, results):
        self.assertEqual([result["status"] for result in results], ["done"] * len(results), results)

    def test_day_in_order(self):
        results = self._sync(
            self._make("punch", 50, punch="start", work_type="travel"),
            self._make("punch", 40, punch="start", work_type="work"),
            self._make("check", 35, check_id=self.checks[0].id, value=True),
            self._make("check", 34, check_id=self.checks[1].id, value="12,5"),
            self._make("note", 30, text="Valve <b>leaks</b>"),
            self._make("photo", 20, when="before", name="a.png", image=PIXEL.decode()),
            self._make("photo", 15, check_id=self.checks[2].id, image=PIXEL.decode()),
            self._make("punch", 5, punch="end"),
        )
        self._assert_done(results)
        entries = self.employee.attendance_ids.sorted("check_in")
        self.assertRecordValues(
            entries,
            [
                {"work_type": "travel", "check_in": self.now - timedelta(minutes=50)},
                {"work_type": "work", "check_in": self.now - timedelta(minutes=40)},
            ],
        )
        self.assertEqual(entries[1].check_out, self.now - timedelta(minutes=5))
        self.assertEqual(self.checks.mapped("state"), ["done"] * 3)
        self.assertEqual(self.checks[0].answered_on, self.now - timedelta(minutes=35))
        self.assertEqual(self.checks[0].answered_by, self.user_technician)
        self.assertEqual(self.checks[1].value_number, 12.5)
        self.assertRecordValues(
            self.job.photo_ids,
            [
                {"moment": "before", "date_taken": self.now - timedelta(minutes=20)},
                {"moment": "during", "date_taken": self.now - timedelta(minutes=15)},
            ],
        )
        note = self.job.message_ids.filtered(lambda message: message.message_type == "comment")
        self.assertEqual(note.author_id, self.user_technician.partner_id)
        self.assertIn("&lt;b&gt;leaks", note.body)
        self.assertIn("(written Nov 3, 09:30)", note.body)

    def test_sent_twice_is_once(self):
        actions = [
            self._make("note", text="Once"),
            self._make("photo", image=PIXEL.decode()),
            self._make("check", check_id=self.checks[1].id, value="no number"),
        ]
        first = self._sync(*actions)
        self.assertEqual([result["status"] for result in first], ["done", "done", "refused"])
        self.assertEqual(self._sync(*actions), first)
        self.assertEqual(len(self.job.photo_ids), 1)
        notes = self.job.message_ids.filtered(lambda message: "Once" in message.body)
        self.assertEqual(len(notes), 1)
        self.assertEqual(
            self.env["sercom.phone.action"].search_count([("fsm_order_id", "=", self.job.id)]), 3
        )

    def test_refused_one_holds_up_nobody(self):
        other = self._create_job()
        results = self._sync(
            self._make("note", text="First"),
            self._make("note", text="Not mine", job_id=other.id),
            self._make("check", check_id=self.checks[1].id, value="a lot"),
            self._make("juggle"),
            self._make("note", text=" "),
            self._make("note", text="Last"),
        )
        self.assertEqual(
            [result["status"] for result in results],
            ["done", "refused", "refused", "refused", "refused", "done"],
        )
        self.assertIn("not planned for you any more", results[1]["message"])
        self.assertIn("is not a number", results[2]["message"])
        self.assertIn("another version", results[3]["message"])
        row = self.env["sercom.phone.action"].search([("uuid", "=", results[2]["uuid"])])
        self.assertRecordValues(
            row,
            [
                {
                    "state": "refused",
                    "message": results[2]["message"],
                    "user_id": self.user_technician.id,
                    "kind": "check",
                    "fsm_order_id": self.job.id,
                }
            ],
        )
        self.assertFalse(other.message_ids.filtered(lambda note: "Not mine" in note.body))

    def test_failing_one_holds_up_nobody(self):
        note = self._make("note", text="Boom")
        with (
            patch.object(type(self.job), "message_post", side_effect=RuntimeError("boom")),
            mute_logger(SYNC),
        ):
            results = self._sync(note, self._make("check", check_id=self.checks[0].id, value=True))
        self.assertEqual([result["status"] for result in results], ["refused", "done"])
        self.assertIn("not your fault", results[0]["message"])
        self.assertEqual(self.checks[0].state, "done")

    def test_error_of_the_phones_clock(self):
        """The phone is two hours ahead: what it did 30 minutes ago happened 30 minutes ago."""
        ahead = timedelta(hours=2)
        moment = self.now + ahead - timedelta(minutes=30)
        sent = fields.Datetime.to_string(self.now + ahead)
        times = {"moment": fields.Datetime.to_string(moment)}
        self._assert_done(
            self._sync(
                self._make("punch", punch="start") | times,
                self._make("check", check_id=self.checks[0].id, value=True) | times,
                self._make("photo", image=PIXEL.decode()) | times,
                sent=sent,
            )
        )
        right = self.now - timedelta(minutes=30)
        self.assertEqual(self.employee.attendance_ids.check_in, right)
        self.assertEqual(self.checks[0].answered_on, right)
        self.assertEqual(self.job.photo_ids.date_taken, right)
        row = self.env["sercom.phone.action"].search([("kind", "=", "check")], limit=1)
        self.assertRecordValues(row, [{"moment": right, "delay": 30}])

    def test_slow_request_keeps_the_order(self):
        """The clock in was 40 s on its way, the break was not: both stay when they were."""
        start = self._make("punch", 2, punch="start")
        stop = self._make("punch", 1, punch="break")
        late = fields.Datetime.to_string(self.now - timedelta(seconds=40))
        self._assert_done(self._sync(start, sent=late))
        self._assert_done(self._sync(stop, sent=fields.Datetime.to_string(self.now)))
        self.assertRecordValues(
            self.employee.attendance_ids,
            [
                {
                    "check_in": self.now - timedelta(minutes=2),
                    "check_out": self.now - timedelta(minutes=1),
                }
            ],
        )

    def test_refused_punch_waits_for_the_supervisor(self):
        self.job.action_cancel()
        result = self._sync(self._make("punch", 5, punch="start"))[0]
        self.assertEqual(result["status"], "refused")
        self.assertIn("Your supervisor sees it, and decides.", result["message"])
        proposal = self.env["sercom.clock.correction"].search(
            [("employee_id", "=", self.employee.id)]
        )
        self.assertEqual(proposal.state, "proposed")

    def test_doubtful_moments(self):
        week = 60 * 24 * 8
        results = self._sync(
            self._make("note", week, text="Of last week"),
            self._make("note", text="Unreadable", moment="yesterday"),
            self._make("punch", week, punch="start"),
        )
        self.assertEqual([result["status"] for result in results], ["done", "done", "refused"])
        notes = " ".join(self.job.message_ids.mapped("body"))
        self.assertIn("(written Oct 26", notes)

    def test_switch_and_crew(self):
        self._lead(self.employee, self.anne)
        people = [self.employee.id, self.anne.id]
        self._assert_done(self._sync(self._make("punch", 10, punch="start", employee_ids=people)))
        self.assertEqual(
            (self.employee | self.anne).attendance_ids.mapped("fsm_order_id"), self.job
        )
        other = self._create_user("not_leading", "fieldservice.group_fsm_user_own")
        worker = self.env["hr.employee"].create({"name": "Max", "user_id": other.id})
        self._assign(self.job, worker)
        result = self._sync(self._make("punch", punch="end", employee_ids=people), user=other)[0]
        self.assertEqual(result["status"], "refused")
        self.assertIn("leader", result["message"])

    def test_number_of_somebody_else(self):
        action = self._make("note", text="Mine")
        self._assert_done(self._sync(action))
        other = self._create_user("curious", "fieldservice.group_fsm_user_own")
        self.assertEqual(self._sync(action, user=other)[0]["status"], "refused")

    def test_session_of_somebody_else(self):
        action = self._make("note", text="Mine")
        answer = self.day.sync([action], user_id=self.user_dispatcher.id)
        self.assertEqual(answer, {"user_id": self.user_technician.id, "results": []})
        self.assertFalse(self.job.message_ids.filtered(lambda note: "Mine" in note.body))

    def test_photos_that_are_none(self):
        text = base64.b64encode(b"not a photo").decode()
        svg = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode()
        broken = base64.b64encode(b"\xff\xd8\xff\xe0" + b"JFIF" * 100).decode()
        big = "A" * (15 * 1024 * 1024)
        results = self._sync(
            self._make("photo", image=text, name="letter.pdf"),
            self._make("photo", image=svg),
            self._make("photo", image="%%%"),
            self._make("photo"),
            self._make("photo", image=big, name="huge.jpg"),
        )
        self.assertEqual({result["status"] for result in results}, {"refused"})
        self.assertIn("letter.pdf is not a photo", results[0]["message"])
        self.assertIn("did not arrive whole", results[2]["message"])
        self.assertIn("huge.jpg is too big: 11 MB, at most 10 MB", results[4]["message"])
        result = self._sync(self._make("photo", image=broken))[0]
        self.assertEqual(result["status"], "refused")
        self.assertFalse(self.job.photo_ids)

    def test_on_my_way(self):
        result = self._sync(self._make("on_my_way", 5, distance_km=12.5))[0]
        self.assertEqual(result["status"], "done")
        self.assertIn("was told by e-mail", result["message"])
        late = self._sync(self._make("on_my_way", 45))[0]
        self.assertEqual(late["status"], "refused")

    def test_complete(self):
        self._sync(
            *(
                self._make("check", check_id=check.id, value=value)
                for check, value in zip(self.checks[:2], (True, 3), strict=True)
            )
        )
        result = self._sync(self._make("complete", found_note="Rust"))[0]
        self.assertEqual(result["status"], "refused")
        self.assertIn("Plate", result["message"])
        self._sync(self._make("photo", check_id=self.checks[2].id, image=PIXEL.decode()))
        result = self._sync(
            self._make("found", found_note="Rust", advice_note="New heater"),
            self._make("complete", 10, signature=PIXEL.decode(), signed_by="Marie"),
        )[1]
        self.assertEqual(result["status"], "done", result)
        self.assertRecordValues(
            self.job,
            [{"state": "done", "signed_by": "Marie", "found_note": "Rust"}],
        )

    def test_job_of_clocked_time(self):
        nothing = self.env["fsm.order"]
        start = self.now - timedelta(hours=1)
        mine = self._clock(start, self.now, job=nothing, work_type="travel")
        theirs = self._clock(start, self.now, self.anne, job=nothing, work_type="travel")
        asked = self.day.get_day()["jobless"]
        self.assertEqual([entry["id"] for entry in asked], mine.ids)
        self.assertEqual([job["id"] for job in asked[0]["jobs"]], self.job.ids)
        results = self._sync(
            self._make("entry_job", attendance_id=mine.id),
            self._make("entry_job", attendance_id=theirs.id),
        )
        self.assertEqual([result["status"] for result in results], ["done", "refused"])
        self.assertEqual(mine.correction_ids.state, "proposed")
        self.assertFalse(theirs.correction_ids)
        self.assertFalse(mine.fsm_order_id)
        self.assertFalse(self.day.get_day()["jobless"])

    def test_old_rows_are_dropped(self):
        self._sync(self._make("note", text="Old"), self._make("note", text="Young"))
        rows = self.env["sercom.phone.action"].search([], limit=2)
        self.env.cr.execute(
            "UPDATE sercom_phone_action SET create_date = %s WHERE id = %s",
            [self.now - timedelta(days=91), rows[1].id],
        )
        rows.invalidate_recordset()
        rows._gc_old()
        self.assertEqual(rows.exists(), rows[0])

    def test_old_refused_rows_are_dropped_sooner(self):
        self._sync(self._make("note", text="Kept"), self._make("note", text=" "))
        rows = self.env["sercom.phone.action"].search([], limit=2, order="id")
        self.assertEqual(rows.mapped("state"), ["done", "refused"])
        self.env.cr.execute(
            "UPDATE sercom_phone_action SET create_date = %s WHERE id IN %s",
            [self.now - timedelta(days=31), tuple(rows.ids)],
        )
        rows.invalidate_recordset()
        rows._gc_old()
        self.assertEqual(rows.exists(), rows[0])

    def test_so_many_a_day_and_no_more(self):
        first, second = (self._make("note", text=text) for text in ("First", "Second"))
        with patch(f"{ACTION}.MAX_PER_DAY", 1):
            results = self._sync(first, second)
            # What was taken is answered as before, however much was sent since.
            again = self._sync(first, second)
        self.assertEqual([result["status"] for result in results], ["done", "refused"])
        self.assertIn("try again tomorrow", results[1]["message"])
        self.assertEqual(again, results)
        rows = self.env["sercom.phone.action"].search([("user_id", "=", self.user_technician.id)])
        self.assertEqual(rows.mapped("uuid"), [first["uuid"]])
        notes = " ".join(self.job.message_ids.mapped("body"))
        self.assertNotIn("Second", notes)
        # A day later it is taken.
        with (
            freeze_time(self.now + timedelta(days=1, minutes=1)),
            patch(f"{ACTION}.MAX_PER_DAY", 1),
        ):
            self._assert_done(self._sync(second))

    def test_nobody_writes_the_rows(self):
        self._sync(self._make("note", text="Evidence"))
        row = self.env["sercom.phone.action"].search([], limit=1)
        manager = self._create_user(
            "my_day_manager", "fieldservice.group_fsm_manager,base.group_system"
        )
        self.env["ir.model.access"].create(
            {
                "name": "Somebody's own access",
                "model_id": self.env["ir.model"]._get_id("sercom.phone.action"),
                "group_id": self.env.ref("base.group_system").id,
                "perm_read": True,
                "perm_write": True,
                "perm_create": True,
            }
        )
        with self.assertRaises(AccessError):
            row.with_user(manager).write({"message": "Changed"})
        with self.assertRaises(AccessError):
            row.with_user(manager).create({"uuid": str(uuid4()), "state": "done"})

    def test_clients_have_no_phone(self):
        client = new_test_user(self.env, "my_day_portal", "base.group_portal")
        day = self.day.with_user(client)
        calls = (
            lambda: day.get_day(),
            lambda: day.get_job(self.job.id),
            lambda: day.get_jobs([]),
            lambda: day.sync([self._make("note", text="Hello")]),
        )
        for call in calls:
            with self.assertRaisesRegex(AccessError, "for employees"):
                call()
        self.assertFalse(
            self.env["sercom.phone.action"].search_count([("user_id", "=", client.id)])
        )

    def test_only_dispatchers_read_the_rows(self):
        Action = self.env["sercom.phone.action"]
        self.assertFalse(Action.with_user(self.user_technician).has_access("read"))
        self.assertTrue(Action.with_user(self.user_dispatcher).has_access("read"))
        self.assertFalse(Action.with_user(self.user_dispatcher).has_access("write"))
