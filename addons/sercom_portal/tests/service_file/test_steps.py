from odoo.tests import BaseCase, tagged

from ...tools.service_file.page import CLIENT_STEPS, get_path, get_step, group_visits


@tagged("post_install", "-at_install")
class TestSteps(BaseCase):
    """How far a need is, in the words of its reader."""

    def test_money_is_no_step_of_the_site(self):
        told = {get_step(state, is_client=False) for state in CLIENT_STEPS}
        self.assertEqual(told, {"received", "in_progress", "work_done", "closed"})

    def test_path(self):
        path = get_path("quoted", is_client=True)
        self.assertEqual([step for step, reached in path if reached], ["received", "quoted"])
        self.assertEqual(
            get_path("sold", is_client=False),
            [("received", True), ("in_progress", True), ("work_done", False)],
        )
        self.assertEqual(get_path("lost", is_client=True), [])

    def test_a_crew_is_one_visit(self):
        visits = [("a", 2, "luc"), ("b", 2, "anne"), ("a", 2, "eve"), ("a", 1, "luc")]
        self.assertEqual(group_visits(visits), [["luc", "eve"], ["anne"], ["luc"]])
