from odoo.tests import no_retry, tagged

from .hoot import HootCase


@tagged("post_install", "-at_install")
class TestTypedTimeJs(HootCase):
    """A time that is typed as people write it is read so, in both languages."""

    @no_retry
    def test_typed_time_suite(self):
        self.run_suite("@sercom_requests/typed_time")
