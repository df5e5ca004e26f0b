from odoo.tests import no_retry, tagged

from ..hoot import HootCase


@tagged("post_install", "-at_install")
class TestHomeJs(HootCase):
    """The HOOT tests of the home page, in Chromium."""

    @no_retry
    def test_home_suite(self):
        self.run_suite("@sercom_requests/home")
