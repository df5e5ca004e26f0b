from odoo.tests import BaseCase, tagged

from ...tools.certificate.compare import compare


@tagged("post_install", "-at_install")
class TestCompare(BaseCase):
    def test_what_agrees(self):
        result = compare({1: 2.0, 2: 1.0}, {1: 2.0, 2: 1.001})
        self.assertEqual((result.difference, result.ids), (0.0, []))

    def test_what_differs_is_named(self):
        result = compare({1: 2.0}, {1: 2.0, 3: 0.5})
        self.assertEqual((result.difference, result.ids), (-0.5, [3]))

    def test_two_faults_that_cancel_out(self):
        result = compare({1: 2.0, 2: 1.0}, {1: 1.0, 2: 2.0})
        self.assertEqual((result.difference, result.ids), (0.0, [1, 2]))
