from odoo.tests import no_retry, tagged

from odoo.addons.sercom_requests.tests.hoot import HootCase


@tagged("post_install", "-at_install")
class TestCapacityBoardJs(HootCase):
    """The HOOT tests of the capacity board, in Chromium."""

    @no_retry
    def test_board_suite(self):
        self.run_suite("@sercom_jobs/planning/capacity_board")
