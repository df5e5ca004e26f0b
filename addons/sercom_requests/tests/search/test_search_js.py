from odoo.tests import no_retry, tagged

from ..hoot import HootCase


@tagged("post_install", "-at_install")
class TestSearchJs(HootCase):
    """The HOOT tests of the search menus, in Chromium."""

    @no_retry
    def test_search_suite(self):
        self.run_suite("@sercom_requests/search")
