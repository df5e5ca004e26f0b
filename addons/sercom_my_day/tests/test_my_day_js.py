from odoo.tests import no_retry, tagged

from odoo.addons.sercom_requests.tests.hoot import HootCase


@tagged("post_install", "-at_install")
class TestMyDayJs(HootCase):
    @no_retry
    def test_page(self):
        self.run_suite("@sercom_my_day")
