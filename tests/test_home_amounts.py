from odoo import fields
from odoo.tests import tagged

from .common import ROLES, SercomCommon
from .home_counts_sales import CountedSales
from .home_moments import DAY
from .page_scripts import make_script
from .screens import Screens
from .test_tours import TourCase

# Opens a tile, and compares what it says with the foot of the list's column.
COMPARE = """
    const read = (selector) => find(selector, (element) => element.textContent.trim());
    const plain = (element) => element.textContent.replace(/[^0-9]/g, "");
    const tile = await read("[data-tile=%(tile)s]");
    const amount = plain(await read("[data-tile=%(tile)s] .o_sercom_home_amount"));
    tile.click();
    await read(".o_list_table thead th[data-name=%(field)s]");
    const foot = await read(`.o_list_footer [data-tooltip="%(sum)s"]`);
    if (plain(foot) !== amount || !amount) {
        throw new Error(`the tile says ${amount}, the list ${foot.textContent}`);
    }
"""


class AmountsCase(CountedSales, SercomCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        for role in ROLES:
            cls.users[role].lang = "en_US"
        others = cls.env.ref("base.EUR") | cls.env.ref("base.USD")
        cls.foreign = (others - cls.company.currency_id)[0]
        cls.foreign.active = True
        cls.env["res.currency.rate"].create(
            {"currency_id": cls.foreign.id, "rate": 0.5, "company_id": cls.company.id}
        )


@tagged("post_install", "-at_install")
class TestHomeAmounts(AmountsCase):
    """The money of a tile is the sum at the foot of the list that it opens."""

    def test_the_list_sums_what_the_tile_says(self):
        today = fields.Date.today()  # of the browser's request too
        late = {"invoice_date": today - 40 * DAY, "invoice_date_due": today - 2 * DAY}
        self._bill(**late)
        self._pay(self._bill(**late), amount=30.0)
        self._bill(**late, currency_id=self.foreign.id)
        self._bill(is_posted=False)
        self._bill(is_posted=False, currency_id=self.foreign.id)
        self._create_quote().action_confirm()
        self.env.flush_all()
        compared = set()
        for role in ROLES[1:]:
            env = self.env(user=self.users[role], context={"lang": "en_US"})
            for tile in env["sercom.home"]._get_own_tiles():
                if tile.amount:
                    compared.add(tile.key)
                    with self.subTest(role=role, tile=tile.key):
                        self._compare(env, tile)
        self.assertLessEqual({"invoices_overdue", "invoices_draft", "sold_this_month"}, compared)

    def _compare(self, env, tile):
        home = env["sercom.home"]
        action = home.open_tile(tile.key)
        screens = Screens(env(context={**env.context, **action["context"]}))
        model = screens.env[action["res_model"]]
        [view_id] = [view for view, kind in action["views"] if kind == "list"]
        arches, _specs = screens.get_views(model, [(view_id, "list"), (False, "search")])
        columns = screens.get_columns(arches["list"])
        columns = [node for node in columns if node.get("name") == tile.amount]
        self.assertEqual(len(columns), 1, "the list shows the amount")
        self.assertTrue(columns[0].get("sum"))
        rows = screens.search(model, "list", action["domain"], view_id)
        said = home._read_tile(tile)
        self.assertEqual(len(rows), said["count"])
        total = sum(row[tile.amount] for row in rows)
        self.assertEqual(said["amount"], home._format_amount(total))


@tagged("post_install", "-at_install")
class TestOverdueOnScreen(AmountsCase, TourCase):
    """The same in the browser, for what is owed."""

    browser_size = "1366x768"

    def test_what_is_owed(self):
        today = fields.Date.today()  # of the browser's request too
        late = {"invoice_date": today - 40 * DAY, "invoice_date_due": today - 2 * DAY}
        self._bill(**late)
        self._pay(self._bill(**late), amount=30.0)
        self.browser_js(
            "/odoo/sercom-home",
            make_script(
                COMPARE
                % {
                    "tile": "invoices_overdue",
                    "field": "amount_residual_signed",
                    "sum": "Amount Due",
                }
            ),
            "odoo.isReady === true",
            login="role_accountant",
            timeout=120,
        )
