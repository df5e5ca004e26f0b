from odoo.tests import no_retry, tagged

from odoo.addons.sercom_requests.tests.hoot import HootCase


@tagged("post_install", "-at_install")
class TestLiveHomeJs(HootCase):
    """The HOOT test of the home page that hears of jobs, in Chromium."""

    @no_retry
    def test_live_home_suite(self):
        self.run_suite("@sercom_jobs/home")
