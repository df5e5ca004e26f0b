from unittest.mock import patch

from werkzeug.exceptions import BadGateway

from odoo.tests import tagged

from odoo.addons.sercom_my_day.controllers.my_day import MyDay

from .phone import PhoneCase


@tagged("post_install", "-at_install")
class TestMyDayKeptPage(PhoneCase):
    """The page that the phone keeps, and what may take its place."""

    def test_error_of_a_proxy_leaves_the_kept_page(self):
        with self.hold_phone("sercom_technician") as phone:
            phone.wait_until_kept()
            with patch.object(MyDay, "_get_boot", side_effect=BadGateway("no server")):
                phone.reload()
                phone.see("[data-visit]", "Marie Tremblay")
            phone.reload()
            phone.see("[data-visit]", "Marie Tremblay")
