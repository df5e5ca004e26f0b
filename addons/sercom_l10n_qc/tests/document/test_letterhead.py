from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..common import INVOICE, QUOTE, QuebecCommon

LAYOUTS = ("standard", "bold", "boxed", "striped", "bubble", "wave", "folder")


@tagged("post_install", "-at_install")
class TestLetterhead(QuebecCommon):
    """Licence (Building Act, s. 57.1) and tax numbers on what a client gets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "country_id": cls.env.ref("base.ca").id,
                "account_fiscal_country_id": cls.env.ref("base.ca").id,
                "vat": "123456782RT0001",
                "l10n_ca_pst": "1012345678TQ0001",
            }
        )
        cls.quote = cls._create_quote()

    def test_off_prints_what_odoo_prints(self):
        page = self._print(QUOTE, self.quote)
        self.assertIn("1012345678TQ0001", page)
        for word in ("RBQ", "QST:", "GST:"):
            self.assertNotIn(word, page)

    def test_numbers_on_each_layout(self):
        self.company.write({"rbq_licence": "5555-0180-01", "is_quebec_tax_printed": True})
        for layout in LAYOUTS:
            with self.subTest(layout):
                self.company.external_report_layout_id = self.env.ref(
                    f"web.external_layout_{layout}"
                )
                page = self._print(QUOTE, self.quote)
                for number in ("123456782 RT0001", "1012345678 TQ0001", "5555-0180-01"):
                    self.assertEqual(page.count(number), 1, number)
                self.assertNotIn("PST:", page)

    def test_invoice(self):
        self.company.write({"rbq_licence": "5555-0180-01", "is_quebec_tax_printed": True})
        move = self._bill(self.quote)
        page = self._print(INVOICE, move)
        for word in ("GST:", "QST:", "RBQ licence:"):
            self.assertIn(word, page)

    def test_the_client_of_quebec_has_a_qst_number(self):
        self.client_partner.l10n_ca_pst = "1098765432TQ0001"
        move = self._bill(self.quote)
        self.assertIn("PST:", self._print(INVOICE, move))
        self.company.is_quebec_tax_printed = True
        self.assertNotIn("PST:", self._print(INVOICE, move))

    def test_licence_alone(self):
        self.company.rbq_licence = "5555-0180-01"
        page = self._print(QUOTE, self.quote)
        self.assertIn("RBQ licence:", page)
        self.assertNotIn("QST:", page)

    def test_a_wrong_licence_is_refused_with_its_name(self):
        with self.assertRaisesRegex(ValidationError, "5555 of .* 1234-5678-90"):
            self.company.rbq_licence = "5555"

    def test_settings(self):
        with Form(self.env["res.config.settings"]) as form:
            form.rbq_licence = "5555-0180-01"
            form.is_quebec_tax_printed = True
            form.qst_number = "1000000000TQ0001"
        form.record.execute()
        self.assertEqual(self.company.rbq_licence, "5555-0180-01")
        self.assertEqual(self.company.l10n_ca_pst, "1000000000TQ0001")
