from odoo.addons.sercom_billing.tests.common import BillingCommon

QUOTE = "sale.action_report_saleorder"
INVOICE = "account.account_invoices"


class QuebecCommon(BillingCommon):
    """A firm whose rules of Québec are all off, as they come, and a consumer of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_CA")
        cls.consumer = cls.env["res.partner"].create(
            {"name": "Lise Gagnon", "street": "12 rue Ontario", "city": "Montréal"}
        )
        cls.firm = cls.env["res.partner"].create({"name": "Tour inc.", "is_company": True})
        cls.company.street = "1180 rue Bélanger"
        cls.category = cls.env["product.category"].create({"name": "Heat Pumps"})
        below = cls.env["product.category"].create(
            {"name": "Repairs", "parent_id": cls.category.id}
        )
        cls.labour = cls._create_product(
            name="Repair", type="service", list_price=100.0, categ_id=below.id
        )
        cls.part = cls._create_product(
            name="Compressor", type="consu", list_price=300.0, categ_id=below.id
        )

    @classmethod
    def _print(cls, report, record, lang="en_US"):
        """The page that a client who reads ``lang`` gets, as one line of HTML."""
        record.partner_id.lang = lang
        html, _kind = cls.env["ir.actions.report"]._render_qweb_html(report, record.ids)
        return " ".join(html.decode().split())

    @classmethod
    def _estimate(cls, partner=None, hours=2.0, parts=1.0, **vals):
        """A quote for labour at $100 an hour and parts at $300."""
        lines = [cls._line(cls.labour, hours)]
        if parts:
            lines.append(cls._line(cls.part, parts))
        return cls.env["sale.order"].create(
            {"partner_id": (partner or cls.consumer).id, "order_line": lines, **vals}
        )
