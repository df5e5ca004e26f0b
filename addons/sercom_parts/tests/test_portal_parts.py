from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged

from .common import SercomPartsCommon


@tagged("post_install", "-at_install")
class TestPortalParts(HttpCase, SercomPartsCommon):
    """Parts that are taken to a job are the firm's matter: nothing is shipped to the client."""

    def test_no_shipping_on_the_client_s_pages(self):
        job = self._create_part_job(3.0)
        order = job.sale_id
        if order.state != "sale":
            order.action_confirm()
        self.assertTrue(order.picking_ids)
        new_test_user(
            self.env,
            login="parts_client",
            groups="base.group_portal",
            partner_id=order.partner_id.id,
        )
        self.authenticate("parts_client", "parts_client")
        for url in ("/my/orders", order.get_portal_url()):
            answer = self.url_open(url)
            text = html.fromstring(answer.text).text_content()
            self.assertIn(order.name, text)
            for word in ("Shipping Status", "Not Delivered", "Delivery Orders"):
                self.assertNotIn(word, text, url)
            for picking in order.picking_ids:
                self.assertNotIn(picking.name, text, url)
