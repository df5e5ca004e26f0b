from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_assignment_concurrency import START, PlanningParallelCase

MARIE, PAUL = "Marie of the parallel board", "Paul of the parallel board"


@tagged("post_install", "-at_install")
class TestBoardConcurrency(PlanningParallelCase):
    """Two dispatchers drag one job of the tray at the same moment."""

    @staticmethod
    def _create_base(env):
        groups = env.ref("base.group_user") | env.ref("fieldservice.group_fsm_dispatcher")
        users = env["res.users"].create(
            [
                {"name": name, "login": name, "group_ids": [Command.set(groups.ids)]}
                for name in (MARIE, PAUL)
            ]
        )
        return {**PlanningParallelCase._create_base(env), "users": users.ids}

    def _delete_base(self, env):
        super()._delete_base(env)
        users = env["res.users"].browse(self.base["users"])
        partners = users.partner_id
        users.unlink()
        partners.unlink()

    def _drag(self, user_id, employee_id, seen_ids=()):
        """What the board of a dispatcher asks for as they drop the first job on a person."""
        job_id = self.base["jobs"][0]

        def call(env):
            vals = {"fsm_order_id": job_id, "employee_id": employee_id, "date_start": START}
            return env(user=user_id)["sercom.assignment"].create_if_unchanged(
                job_id, seen_ids, [vals]
            )

        return call

    def _count(self):
        return self._run(
            lambda env: len(env["fsm.order"].browse(self.base["jobs"][0]).assignment_ids)
        )

    @mute_logger("odoo.sql_db")
    def test_the_second_is_told_who_planned_it_and_chooses(self):
        users, people = self.base["users"], self.base["people"]
        answers = self._run_together(
            [self._drag(*pair) for pair in zip(users, people, strict=True)]
        )
        won = [answer for answer in answers if answer["ids"]]
        [lost] = [answer for answer in answers if not answer["ids"]]
        self.assertEqual(len(won), 1)
        self.assertEqual(self._count(), 1)
        first = answers.index(won[0])
        [told] = lost["changed"]
        self.assertEqual(told["id"], won[0]["ids"][0])
        self.assertEqual(told["who"], (MARIE, PAUL)[first])
        self.assertIn(("Luc Gagnon", "Anne Roy")[first], told["changes"][0])
        # Theirs as well, now that they know.
        second = 1 - first
        again = self._run(self._drag(users[second], people[second], [told["id"]]))
        self.assertEqual((len(again["ids"]), again["changed"]), (1, []))
        self.assertEqual(self._count(), 2)

    def test_who_plans_two_people_is_asked_nothing(self):
        user = self.base["users"][0]
        for person in self.base["people"]:
            self.assertTrue(self._run(self._drag(user, person))["ids"])
        self.assertEqual(self._count(), 2)
