from odoo.tests import BaseCase, tagged

from ...tools.export.changes import find_changes
from ...tools.export.files import write_csv


@tagged("post_install", "-at_install")
class TestChanges(BaseCase):
    def test_who_came_who_went_what_changed(self):
        before = {"1|Luc": {"Regular": "40.00", "Due": "1200.00"}, "2|Anne": {"Regular": "8.00"}}
        after = {"1|Luc": {"Regular": "41.00", "Due": "1200.00"}, "3|Eve": {"Regular": "1.00"}}
        self.assertEqual(
            find_changes(before, after),
            [
                ("3|Eve", None, "", "3|Eve"),
                ("2|Anne", None, "2|Anne", ""),
                ("1|Luc", "Regular", "40.00", "41.00"),
            ],
        )

    def test_text_is_never_a_formula(self):
        data = write_csv(["Name"], [["=1+1"], ["Noël; Éric"]], ";").decode("utf-8-sig")
        self.assertEqual(data, 'Name\r\n\'=1+1\r\n"Noël; Éric"\r\n')
