from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.sercom_requests.tests.common import SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestMap(HttpCase, SercomRequestsCommon):
    """Sites and clients are on a map, and nothing is asked of another firm before it is wanted."""

    def _get_session(self):
        self.authenticate("sercom_dispatcher", "sercom_dispatcher")
        return self.make_jsonrpc_request("/web/session/get_session_info")

    def _set(self, **vals):
        self.env["res.config.settings"].create(vals).execute()

    def test_sites_and_clients_have_a_map(self):
        for action in ("sercom_site_action", "sercom_client_action"):
            action = self.env.ref(f"sercom_requests.{action}")
            self.assertIn("sercom_map", [mode for _id, mode in action.views])
            for user in (self.user_dispatcher, self.user_salesman, self.user_accountant):
                Model = self.env[action.res_model].with_user(user)
                view = Model.get_views([(False, "sercom_map")])["views"]["sercom_map"]
                names = [node.get("name") for node in etree.fromstring(view["arch"]).iter("field")]
                self.assertEqual(names[0], "display_name")
                Model.search_read(
                    [("partner_latitude", "!=", 0)],
                    [*names, "partner_latitude", "partner_longitude"],
                    limit=1,
                )
        self.assertEqual(self._get_session()["view_info"]["sercom_map"]["icon"], "fa fa-map-marker")

    def test_no_service_is_asked_until_one_is_chosen(self):
        self.env["ir.config_parameter"].set_param("leaflet.tile_url", "False")
        self.assertEqual(self._get_session()["leaflet.tile_url"], "")
        self.assertFalse(self.env["res.config.settings"].create({}).sercom_map_tile_url)
        self._set(sercom_map_tile_url="https://tiles.example.com/{z}/{x}/{y}.png")
        session = self._get_session()
        self.assertEqual(session["leaflet.tile_url"], "https://tiles.example.com/{z}/{x}/{y}.png")

    def test_addresses_stay_in_the_firm_until_it_agrees(self):
        asked = []

        def answer(geocoder, address, **kwargs):
            asked.append(address)
            return 45.5, -73.6

        geocoder = self.registry["base.geocoder"]
        self.patch(geocoder, "_call_openstreetmap", answer)  # the network
        for record in (self.site, self.client_partner):
            record = record.with_user(self.user_dispatcher)
            record = record.with_context(force_geo_localize=True)  # Odoo asks nothing in a test
            with self.assertRaisesRegex(UserError, "4321 rue Saint-Denis.*is not looked up"):
                record.geo_localize()
            self.assertFalse(asked)
        self._set(sercom_map_geocoding=True)
        record.geo_localize()
        self.assertEqual(len(asked), 1)
        self.assertEqual(self.client_partner.partner_latitude, 45.5)

    def test_the_button_of_the_map_is_a_button_like_the_others(self):
        measure = """
            const timer = setInterval(() => {
                const buttons = document.querySelectorAll(".o_switch_view");
                if (buttons.length > 1) {
                    clearInterval(timer);
                    const high = [...buttons].filter((button) => button.offsetHeight > 60);
                    if (high.length) {
                        console.error("A button is as high as a map");
                    } else {
                        console.log("test successful");
                    }
                }
            }, 100);
        """
        self.browser_js(
            "/odoo/service-sites", measure, "odoo.isReady === true", login="sercom_dispatcher"
        )
