from textwrap import dedent
from unittest import TestCase

from ..lint import sudo


class TestSudo(TestCase):
    def _findings(self, text):
        return sudo.findings(dedent(text))

    def test_without_a_reason(self):
        self.assertEqual(self._findings("x = 1\njobs = self.sudo().search([])"), [2])
        self.assertEqual(self._findings("jobs = self.sudo(True)  # as superuser"), [1])

    def test_on_its_line(self):
        self.assertFalse(self._findings("jobs = self.sudo()  # sudo: a technician reads none"))

    def test_on_the_line_above(self):
        self.assertFalse(
            self._findings(
                """
                # Those of everybody.
                # sudo: a technician reads none but their own,
                # and counts them all
                jobs = self.sudo()
                """
            )
        )
        self.assertEqual(
            self._findings("# sudo: far away\nx = 1\njobs = self.sudo()\nmore = jobs.sudo()"),
            [3, 4],
        )

    def test_in_a_statement_of_several_lines(self):
        chain = """
            {above}
            jobs = (
                self.env["fsm.order"]
                .sudo(){there}
                .search([])
            )
            """
        self.assertEqual(self._findings(chain.format(above="", there="")), [5])
        reason = "  # sudo: a technician reads none"
        for parts in ({"above": reason.strip(), "there": ""}, {"above": "", "there": reason}):
            self.assertFalse(self._findings(chain.format(**parts)))

    def test_each_statement_of_a_block(self):
        self.assertEqual(
            self._findings(
                """
                # sudo: for the loop alone
                for job in self.sudo():
                    job.sale_id.sudo().action_confirm()
                """
            ),
            [4],
        )

    def test_what_takes_rights_away(self):
        self.assertFalse(self._findings("jobs.sudo(False)\njobs.sudo(flag=False)"))
        self.assertFalse(self._findings("jobs.sudo(self.env.su)"))

    def test_text_is_no_call(self):
        self.assertFalse(self._findings("'''In ``sudo()``.'''\n# jobs.sudo()"))
