from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ...tools.invoice.sections import arrange


@tagged("post_install", "-at_install")
class TestSections(BaseCase):
    """Lines of several jobs, put together job by job."""

    def _arrange(self, *rows):
        arranged = arrange(
            [
                (job, kind, {"name": name, **({"display_type": kind} if kind else {})})
                for job, kind, name in rows
            ],
            {1: "Job 1", 2: "Job 2"},
        )
        return [(values.get("display_type"), values["name"]) for values in arranged]

    def test_lines_of_a_job_are_together_under_its_title(self):
        self.assertEqual(
            self._arrange((2, False, "b"), (1, False, "a"), (2, False, "c")),
            [
                ("line_section", "Job 1"),
                (None, "a"),
                ("line_section", "Job 2"),
                (None, "b"),
                (None, "c"),
            ],
        )

    def test_titles_of_an_order_go_with_what_is_below_them(self):
        self.assertEqual(
            self._arrange(
                (None, "line_section", "Labour"), (2, False, "b"), (None, "line_note", "By the way")
            ),
            [
                ("line_section", "Job 2"),
                ("line_subsection", "Labour"),
                (None, "b"),
                ("line_note", "By the way"),
            ],
        )

    def test_what_is_of_no_job_comes_last_as_it_was(self):
        self.assertEqual(
            self._arrange(
                (None, "line_section", "Down Payments"), (None, False, "deposit"), (1, False, "a")
            ),
            [
                ("line_section", "Job 1"),
                (None, "a"),
                ("line_section", "Down Payments"),
                (None, "deposit"),
            ],
        )
