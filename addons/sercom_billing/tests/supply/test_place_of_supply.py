from odoo import Command
from odoo.tests import Form, tagged

from ..common import BillingCommon


@tagged("post_install", "-at_install")
class TestPlaceOfSupply(BillingCommon):
    """Work is taxed where it is done: 14.975 % here, 13 % at the site in Ontario."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        canada = cls.env.ref("base.ca")
        cls.quebec, cls.ontario = (cls.env.ref(f"base.state_ca_{code}") for code in ("qc", "on"))
        cls.company.account_fiscal_country_id = canada
        cls.position = cls.env["account.fiscal.position"].create(
            {
                "name": "Ontario",
                "auto_apply": True,
                "country_id": canada.id,
                "state_ids": [Command.set(cls.ontario.ids)],
                "sequence": 1,
            }
        )
        group = cls.env["account.tax.group"].create({"name": "Taxes", "country_id": canada.id})
        common = {"country_id": canada.id, "tax_group_id": group.id}
        cls.tax, cls.hst = cls.env["account.tax"].create(
            [
                {"name": "Here", "amount": 14.975, **common},
                {
                    "name": "HST",
                    "amount": 13.0,
                    **common,
                    "fiscal_position_ids": [Command.set(cls.position.ids)],
                },
            ]
        )
        cls.hst.original_tax_ids = cls.tax
        cls.products.taxes_id = cls.tax
        cls.client_partner.write({"country_id": canada.id, "state_id": cls.quebec.id})
        cls.site.write({"country_id": canada.id, "state_id": cls.quebec.id})
        cls.cottage = cls._create_site(
            name="Ottawa", city="Ottawa", country_id=canada.id, state_id=cls.ontario.id
        )

    def _assert_taxed(self, order, tax):
        self.assertEqual(order.order_line.tax_ids, tax)

    def test_an_order_is_taxed_at_its_site(self):
        for site, tax, total in ((self.site, self.tax, 114.98), (self.cottage, self.hst, 113.0)):
            with self.subTest(site=site.name):
                line = self._line(self.product_hour, 1.0, price_unit=100.0)
                order = self._create_quote(fsm_location_id=site.id, order_line=[line])
                self.assertEqual(order.partner_shipping_id, site.partner_id)
                self._assert_taxed(order, tax)
                order.action_confirm()
                order.fsm_order_ids.action_complete()
                move = self._bill(order.fsm_order_ids, post=True)
                self.assertEqual(move.amount_total, total)
                self.assertEqual(move.partner_shipping_id, site.partner_id)
                credit = self._credit(move)
                self.assertEqual(credit.amount_total, total)

    def test_a_job_without_a_quote_too(self):
        job = self._create_job(location_id=self.cottage.id)
        job._update_order_line_info(self.product_travel.id, 1.0)
        self._assert_taxed(job.sale_id, self.hst)

    def test_another_site_changes_the_taxes(self):
        order = self._create_quote()
        self._assert_taxed(order, self.tax)
        with Form(order.with_user(self.user_salesman)) as form:
            form.fsm_location_id = self.cottage
        self.assertEqual(order.partner_shipping_id, self.cottage.partner_id)
        self._assert_taxed(order, self.hst)
        order.fsm_location_id = self.site
        self._assert_taxed(order, self.tax)
        order.action_confirm()
        order.fsm_order_ids.location_id = self.cottage
        self._assert_taxed(order, self.hst)

    def test_what_is_billed_keeps_its_taxes(self):
        order = self._create_quote()
        order.action_confirm()
        order.fsm_order_ids.action_complete()
        self._bill(order, post=True)
        order.fsm_location_id = self.cottage
        self._assert_taxed(order, self.tax)

    def test_a_site_without_a_country_leaves_the_client_s(self):
        nowhere = self._create_site(name="Nowhere")
        self.client_partner.state_id = self.ontario
        order = self._create_quote(fsm_location_id=nowhere.id)
        self.assertEqual(order.partner_shipping_id, self.client_partner)
        self._assert_taxed(order, self.hst)

    def test_a_client_without_an_address_is_taxed_at_the_site(self):
        self.client_partner.write({"country_id": False, "state_id": False})
        self._assert_taxed(self._create_quote(fsm_location_id=self.cottage.id), self.hst)
        self._assert_taxed(self._create_quote(), self.tax)

    def test_what_somebody_typed_stays(self):
        self.env.user.group_ids += self.env.ref("account.group_delivery_invoice_address")
        depot = self.env["res.partner"].create(
            {"name": "Depot", "parent_id": self.client_partner.id, "type": "delivery"}
        )
        order = self._create_quote(fsm_location_id=self.cottage.id)
        with Form(order) as form:
            form.partner_shipping_id = depot
        self.assertEqual(order.partner_shipping_id, depot)
        self.assertEqual(order.fsm_location_id, self.cottage)

    def test_another_client_leaves_the_site(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        order = self._create_quote(fsm_location_id=self.cottage.id)
        order.partner_id = stranger
        self.assertFalse(order.fsm_location_id)
        self.assertEqual(order.partner_shipping_id, stranger)

    def test_many_quotes_cost_as_many_queries_as_few(self):
        def prepare(count, site):
            vals = {"partner_id": self.client_partner.id, "fsm_location_id": site.id}
            return [vals] * count

        create = self.env["sale.order"].create
        prices = []
        for site in (self._create_site(name="Nowhere"), self.cottage):
            self._get_queries(create, prepare(2, site))
            costs = [self._get_queries(create, prepare(count, site)) for count in (2, 12)]
            prices.append(costs[1] - costs[0])
        self.assertEqual(*prices, "What a quote takes that says nothing of its place.")
