from datetime import timedelta
from uuid import uuid4

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.sercom_jobs.tests.parallel import ParallelCase
from odoo.addons.sercom_requests.tests.common import PIXEL


@tagged("post_install", "-at_install")
class TestMyDaySyncAtOnce(ParallelCase, TransactionCase):
    """Two requests with the same actions at the same moment."""

    def setUp(self):
        super().setUp()
        self.ids = self._run(self._make_records)
        self.addCleanup(self._run, self._drop_records)

    def _make_records(self, env):
        """A job today with a crew of two, each with a phone."""
        partner = env["res.partner"].create({"name": "Client at once", "email": "at@once.test"})
        site = env["fsm.location"].create({"name": "Site at once", "owner_id": partner.id})
        group = env.ref("fieldservice.group_fsm_user_own")
        users = (
            env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                [
                    {
                        "name": f"Phone {number}",
                        "login": f"phone_at_once_{number}",
                        "group_ids": [fields.Command.set(group.ids)],
                    }
                    for number in range(2)
                ]
            )
        )
        people = env["hr.employee"].create(
            [{"name": user.name, "user_id": user.id} for user in users]
        )
        job = env["fsm.order"].create({"location_id": site.id})
        now = fields.Datetime.now().replace(microsecond=0)
        env["sercom.assignment"].create(
            [
                {
                    "fsm_order_id": job.id,
                    "employee_id": person.id,
                    "date_start": now,
                    "date_end": now + timedelta(minutes=30),
                }
                for person in people
            ]
        )
        return {"users": users.ids, "people": people.ids, "job": job.id, "site": site.id}

    def _drop_records(self, env):
        ids = self.ids
        env["sercom.phone.action"].search([("user_id", "in", ids["users"])]).unlink()
        job = env["fsm.order"].browse(ids["job"])
        job.attendance_ids.unlink()
        job.photo_ids.unlink()
        self._delete_jobs(env, job)
        people = env["hr.employee"].browse(ids["people"])
        env["fsm.person"].search([("employee_id", "in", people.ids)]).unlink()
        people.unlink()
        # Odoo keeps who wrote something: nobody logs in with it.
        for user in env["res.users"].browse(ids["users"]):
            user.write({"active": False, "login": str(uuid4())})

    def test_crew_on_its_way_at_once(self):
        """Two people of a crew tap at the same moment: the client is told once."""

        def tap(uid):
            action = {"uuid": str(uuid4()), "kind": "on_my_way", "job_id": self.ids["job"]}
            return lambda env: env["sercom.my.day"].with_user(uid).sync([action])["results"]

        with mute_logger("odoo.sql_db", "odoo.service.model"):
            answers = self._run_together([tap(uid) for uid in self.ids["users"]])
        self.assertEqual([answer[0]["status"] for answer in answers], ["done", "done"], answers)
        messages = sorted("already told" in answer[0]["message"] for answer in answers)
        self.assertEqual(messages, [False, True], answers)

        def count(env):
            job = env["fsm.order"].browse(self.ids["job"])
            mails = env["mail.mail"].search_count(
                [("model", "=", "fsm.order"), ("res_id", "=", job.id)]
            )
            return mails, len(job.assignment_ids.filtered("on_my_way_on"))

        self.assertEqual(self._run(count), (1, 2))

    def test_one_queue_sent_twice_at_once(self):
        moment = fields.Datetime.to_string(fields.Datetime.now())
        actions = [
            {"uuid": str(uuid4()), "moment": moment, "job_id": self.ids["job"], **vals}
            for vals in (
                {"kind": "punch", "punch": "start"},
                {"kind": "note", "text": "At once"},
                {"kind": "photo", "image": PIXEL.decode()},
                {"kind": "on_my_way"},
            )
        ]

        def send(env):
            return env["sercom.my.day"].sync(actions)["results"]

        with mute_logger("odoo.sql_db", "odoo.service.model"):
            answers = self._run_together([send] * 3, uid=self.ids["users"][0])
        for answer in answers:
            self.assertEqual(
                [result["status"] for result in answer], ["done"] * len(actions), answers
            )
        self.assertEqual(answers, [answers[0]] * 3)

        def count(env):
            job = env["fsm.order"].browse(self.ids["job"])
            notes = job.message_ids.filtered(lambda note: "At once" in note.body)
            return (
                len(job.attendance_ids),
                len(notes),
                len(job.photo_ids),
                env["mail.mail"].search_count(
                    [("model", "=", "fsm.order"), ("res_id", "=", job.id)]
                ),
                env["sercom.phone.action"].search_count([("fsm_order_id", "=", job.id)]),
            )

        self.assertEqual(self._run(count), (1, 1, 1, 1, 4))

    def _lose_job(self, env):
        """Take the job from the first phone's user, under the eyes of two dispatchers."""
        group = env.ref("fieldservice.group_fsm_dispatcher")
        users = (
            env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                [
                    {
                        "name": f"Dispatcher {number}",
                        "login": f"dispatcher_at_once_{number}",
                        "group_ids": [fields.Command.set(group.ids)],
                    }
                    for number in range(2)
                ]
            )
        )
        self.ids["users"] += users.ids
        job = env["fsm.order"].browse(self.ids["job"])
        mine = job.assignment_ids.filtered(
            lambda block: block.employee_id.id == self.ids["people"][0]
        )
        mine.unlink()
        return users.ids

    def _make_dispatchers(self, env):
        """Two dispatchers, and a note of the first phone that waits for a decision."""
        users = self._lose_job(env)
        # It was on its way when the job was given to somebody else.
        action = {
            "uuid": str(uuid4()),
            "kind": "note",
            "text": "Proposed at once",
            "job_id": self.ids["job"],
        }
        day = env["sercom.my.day"].with_user(self.ids["users"][0])
        self.assertTrue(day.sync([action])["results"][0].get("is_proposed"))
        row = env["sercom.phone.action"].search([("uuid", "=", action["uuid"])])
        return row.id, users

    def test_photo_and_note_of_a_lost_job_at_once(self):
        """A phone sends photos beside the rest: both arrive, and one activity asks about them."""
        self._run(self._lose_job)
        actions = [
            {"uuid": str(uuid4()), "job_id": self.ids["job"], **vals}
            for vals in (
                {"kind": "note", "text": "Valve leaks"},
                {"kind": "photo", "image": PIXEL.decode()},
            )
        ]

        def send(action):
            return lambda env: env["sercom.my.day"].sync([action])["results"][0]

        requests = [send(action) for action in actions]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            answers = self._run_together(requests, uid=self.ids["users"][0])
        self.assertEqual([answer.get("is_proposed") for answer in answers], [True, True], answers)
        asked = self._run(lambda env: len(env["fsm.order"].browse(self.ids["job"]).activity_ids))
        self.assertEqual(asked, 1)

    def test_two_dispatchers_accept_one_proposal_at_once(self):
        """One wins; the other reads who did. The note is written once."""
        row_id, users = self._run(self._make_dispatchers)

        def accept(uid):
            def call(env):
                row = env["sercom.phone.action"].with_user(uid).browse(row_id)
                row.action_accept()
                return "accepted"

            return call

        with mute_logger("odoo.sql_db", "odoo.service.model"):
            answers = self._run_together([accept(uid) for uid in users])
        won = [index for index, answer in enumerate(answers) if answer == "accepted"]
        self.assertEqual(len(won), 1, answers)
        [lost] = [answer for answer in answers if answer != "accepted"]
        self.assertIsInstance(lost, UserError)
        self.assertIn(f"decided already, by Dispatcher {won[0]}", str(lost))

        def look(env):
            row = env["sercom.phone.action"].browse(row_id)
            notes = row.fsm_order_id.message_ids.filtered(
                lambda note: "Proposed at once" in note.body
            )
            return row.state, row.decided_by_id.id, len(notes)

        self.assertEqual(self._run(look), ("done", users[won[0]], 1))
