from odoo.tests import TransactionCase, tagged
@tagged("post_install", "-at_install")
class TestSmoke(TransactionCase):
    def test_x(self):
        pass
