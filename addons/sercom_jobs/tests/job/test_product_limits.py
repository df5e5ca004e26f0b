from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.sercom_requests.tests.common import SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestProductLimits(SercomRequestsCommon):
    """A cost below zero, and a second product of one reference, are refused to who types them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user(
            "limits_manager",
            "fieldservice.group_fsm_manager,product.group_product_manager,"
            "account.group_account_manager",
        )

    def test_no_cost_below_zero(self):
        product = self.product_part.with_user(self.user)
        product.standard_price = 12.5
        with self.assertRaisesRegex(ValidationError, "below zero"):
            product.standard_price = -0.01
        with self.assertRaisesRegex(ValidationError, "below zero"):
            product.create({"name": "Valve", "standard_price": -5})

    def test_a_reference_is_one_products(self):
        self.product_part.default_code = "V-34"
        products = self.env["product.template"].with_user(self.user)
        with self.assertRaisesRegex(ValidationError, "Valve"), self.env.cr.savepoint():
            products.create({"name": "Other Valve", "default_code": "V-34"})
        other = products.create({"name": "Other Valve", "default_code": "V-35"})
        with self.assertRaisesRegex(ValidationError, "V-34"), self.env.cr.savepoint():
            other.default_code = "V-34"
        self.env.invalidate_all()
        # What is archived keeps its reference from nobody; a duplicate has none.
        self.product_part.active = False
        other.default_code = "V-34"
        self.assertFalse(other.copy().default_code)

    def test_an_import_is_asked_too(self):
        self.product_part.default_code = "V-34"
        result = (
            self.env["product.template"]
            .with_user(self.user)
            .load(["name", "default_code"], [["New", "V-40"], ["Other", "V-34"]])
        )
        self.assertFalse(result["ids"])
        self.assertIn("V-34", result["messages"][0]["message"])
