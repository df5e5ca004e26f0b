from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import SercomCommon

COSTS = ("standard_price", "avg_cost", "total_value")


@tagged("post_install", "-at_install")
class TestAccessCosts(SercomCommon):
    """Technicians see what the client pays, never what the firm pays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor = cls.env["res.partner"].create({"name": "Supplier"})
        cls.product_part.write(
            {
                "standard_price": 12.0,
                "seller_ids": [(0, 0, {"partner_id": cls.vendor.id, "price": 11.0})],
            }
        )

    def _parts(self, role):
        part = self.product_part.with_user(self.users[role])
        self.env.invalidate_all()
        return part

    def test_technician_reads_no_cost(self):
        self.users["technician"].group_ids |= self.env.ref("base.group_allow_export")
        for part in (self._parts("technician"), self._parts("technician").product_tmpl_id):
            with self.assertRaises(AccessError):
                part.read(["standard_price"])
            with self.assertRaises(AccessError):
                part.export_data(["name", "standard_price"])
            with self.assertRaises(AccessError):
                part.standard_price  # noqa: B018, reading is what is tried
            self.assertNotIn("standard_price", part.fields_get())
        for cost in COSTS:
            self.assertFalse(self._parts("technician").fields_get([cost]))

    def test_technician_neither_searches_nor_groups_by_cost(self):
        Product = self._parts("technician").browse()
        with self.assertRaises(AccessError):
            Product.search([("standard_price", ">", 10)])
        with self.assertRaises(AccessError):
            Product.search([], order="standard_price")
        with self.assertRaises(AccessError):
            Product.formatted_read_group([], ["categ_id"], ["standard_price:sum"])
        with self.assertRaises(AccessError):
            Product.formatted_read_group([], ["standard_price"], ["__count"])

    def test_technician_writes_no_cost(self):
        manager = self.env.ref("product.group_product_manager")
        self.users["technician"].group_ids |= manager
        with self.assertRaises(AccessError):
            self._parts("technician").standard_price = 1.0

    def test_refusal_names_the_cost(self):
        """Odoo's own message fails on a group that begins with an exclamation mark."""
        with self.assertRaisesRegex(AccessError, "not for technicians"):
            self._parts("technician").read(["standard_price"])

    def test_technician_opens_the_product(self):
        for model in ("product.template", "product.product"):
            Model = self.env[model].with_user(self.users["technician"])
            for view_type in ("form", "list", "kanban", "search"):
                views = Model.get_views([(False, view_type)])
                arch = views["views"][view_type]["arch"]
                self.assertNotIn('name="standard_price"', arch)
                self.assertNotIn("standard_price", views["models"][model]["fields"])
        with Form(self._parts("technician"), "product.product_normal_form_view") as form:
            self.assertEqual(form.list_price, 40.0)

    def test_technician_reads_no_supplier_price(self):
        part = self._parts("technician")
        self.assertFalse(part.seller_ids)
        self.assertFalse(part.env["product.supplierinfo"].search([]))
        self.assertTrue(self._parts("internal").seller_ids)

    def test_technician_reads_no_labour_cost(self):
        self.employee.hourly_cost = 46.0
        employee = self.employee.with_user(self.users["technician"])
        with self.assertRaises(AccessError):
            employee.read(["hourly_cost"])
        for model in ("account.move.line", "stock.move"):
            self.assertFalse(employee.env[model].has_access("read"), model)
        # Their own hours they read, not what these cost.
        line = self.env["account.analytic.line"].create(
            {
                "name": "Work",
                "employee_id": self.employee.id,
                "fsm_order_id": self._create_job().id,
                "unit_amount": 2.0,
            }
        )
        own = line.with_user(self.users["technician"])
        self.assertEqual(own.unit_amount, 2.0)
        with self.assertRaises(AccessError):
            own.read(["amount"])
        self.assertNotIn("amount", own.read()[0])
        with self.assertRaises(AccessError):
            own.search([("amount", "<", 0)])

    def test_margins_of_sale_margin_are_costs(self):
        """``sale_margin`` is not a dependency: its fields are guarded by name."""
        Line = self.env["sale.order.line"].with_user(self.users["technician"])
        self.assertLessEqual({"purchase_price", "margin", "margin_percent"}, Line._cost_fields)
        guarded = Line._fields["price_unit"]
        self.patch(type(Line), "_cost_fields", frozenset({"price_unit"}))
        self.assertFalse(Line._has_field_access(guarded, "read"))
        self.assertTrue(Line.sudo()._has_field_access(guarded, "read"))

    def test_office_reads_costs(self):
        for role in ("internal", "estimator", "dispatcher", "accountant", "manager"):
            self.assertEqual(self._parts(role).standard_price, 12.0, role)
            views = self._parts(role).get_views([(False, "list")])
            self.assertIn("standard_price", views["models"]["product.product"]["fields"], role)
