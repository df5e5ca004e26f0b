import sercom_warm

from odoo.tests import TransactionCase, tagged

KEY = "sercom.test_warm"


@tagged("post_install", "-at_install")
class TestWarm(TransactionCase):
    """What a test leaves to the next one: what it has read, and nothing of what it changed."""

    def setUp(self):
        super().setUp()
        self.settings = self.env["ir.config_parameter"].sudo()
        self.caches = sercom_warm.Caches(self.registry)

    def _values(self, name):
        return dict(self.registry._Registry__caches[name]._values)

    def _end(self):
        """End a test as the plugin does, without its transaction."""
        self.caches.learn()
        self.registry.clear_all_caches()
        self.caches.restore()

    def test_what_was_read_stays(self):
        before = self._values("stable")
        self.settings.get_param(KEY)
        self._end()
        self.assertEqual(len(self._values("stable")), len(before) + 1)

    def test_what_follows_a_change_goes(self):
        self.settings.get_param("web.base.url")
        before = self._values("stable")
        self.caches = sercom_warm.Caches(self.registry)
        self.settings.set_param("web.base.url", "http://elsewhere.example.com")
        self.settings.get_param("web.base.url")
        self.assertNotEqual(self._values("stable"), before)
        self._end()
        self.assertEqual(self._values("stable"), before)

    def test_what_names_the_records_of_a_test_goes(self):
        before = self._values("default")
        user = self.env["res.users"].create({"name": "Warm", "login": KEY})
        user.has_group("base.group_user")
        self._end()
        self.assertEqual(self._values("default"), before)

    def test_a_bundle_is_compiled_once(self):
        bundle = self.env["ir.qweb"]._get_asset_bundle("web.assets_frontend_minimal")
        url = bundle.save_attachment("min.js", "console.log()").url
        vals = sercom_warm.kept_bundles.pop(url)
        self.assertEqual(vals["raw"], b"console.log()")
        self.assertEqual(vals["url"], url)
        self.assertTrue(vals["public"])
