from odoo.tests import no_retry, tagged

from odoo.addons.sercom_requests.tests.hoot import HootCase


@tagged("post_install", "-at_install")
class TestMapJs(HootCase):
    """The HOOT tests of the map, in Chromium."""

    @no_retry
    def test_map_suite(self):
        self.run_suite("@sercom_map")
