from odoo.tests import BaseCase, tagged

from ..tools.headings import KINDS, get_template, match_headings
from ..tools.sheets import UnreadableError, read_sheet, write_template
from ..tools.values import (
    WrongValue,
    get_client_keys,
    read_amount,
    read_email,
    read_phone,
    read_province,
    read_zip,
)


@tagged("post_install", "-at_install")
class TestValues(BaseCase):
    """What people write in cells and headings."""

    def _refuses(self, reader, *texts):
        for text in texts:
            with self.assertRaises(WrongValue, msg=text):
                reader(text)

    def test_provinces(self):
        for text in ("Québec", "QUEBEC", "Qué.", "PQ", "qc", "Province de Québec", "Québec (QC)"):
            self.assertEqual(read_province(text), "QC", text)
        self.assertEqual(read_province("Ont."), "ON")
        self.assertEqual(read_province("Île-du-Prince-Édouard"), "PE")
        self.assertEqual(read_province("Nouveau-Brunswick"), "NB")
        self.assertEqual(read_province(" "), "")
        self._refuses(read_province, "Vermont", "Q")

    def test_phones(self):
        for text in ("5145550101", "(514) 555-0101", "1-514-555-0101", "+1 514.555.0101"):
            self.assertEqual(read_phone(text), "+1 514 555 0101", text)
        self.assertEqual(read_phone("514 555-0101 poste 12"), "+1 514 555 0101 #12")
        self.assertEqual(read_phone("514 555-0101 x12"), "+1 514 555 0101 #12")
        self.assertEqual(read_phone("+33 1 23 45 67 89"), "+33123456789")
        self._refuses(read_phone, "555-0101", "see Marie", "514 555 01011")

    def test_emails_postal_codes_and_amounts(self):
        self.assertEqual(read_email(" Marie@Example.com "), "marie@example.com")
        self._refuses(read_email, "marie@", "a@b.com; c@d.com")
        self.assertEqual(read_zip("h2j2k9"), "H2J 2K9")
        self.assertEqual(read_zip("05401"), "05401")
        self._refuses(read_zip, "H2J 2K")
        for text in ("1 234,50 $", "$1,234.50", "1234.5", "1\u00a0234,50", "1.234,50"):
            self.assertEqual(read_amount(text), 1234.5, text)
        self.assertEqual(read_amount("1,234"), 1234)
        self.assertEqual(read_amount(""), 0)
        self._refuses(read_amount, "-5", "(12.00)", "free", "$")

    def test_headings_that_people_use(self):
        columns, unknown = match_headings(
            "client",
            ["Nom", "Tél.", "Courriel", "Adresse", "Ville", "Prov.", "Code Postal", "Humeur"],
        )
        self.assertEqual(
            list(columns.values()),
            ["name", "phone", "email", "street", "city", "province", "zip"],
        )
        self.assertEqual(unknown, ["Humeur"])

    def test_headings_of_other_programs(self):
        for headings, expected in (
            (  # Jobber
                "Display Name,Company Name,First Name,Last Name,Main Phone #s,E-mails,"
                "Billing Street 1,Billing City,Billing Province,Billing Postal Code,"
                "Service Street 1,Service City,Service Province,Service Postal Code",
                {
                    *("name", "company_name", "first_name", "last_name", "phone", "email"),
                    *("street", "city", "province", "zip"),
                    *("site_street", "site_city", "site_province", "site_zip"),
                },
            ),
            (  # Housecall Pro
                "First Name,Last Name,Company,Email,Mobile Number,Street,City,State,Zip",
                {
                    *("first_name", "last_name", "company_name", "email", "phone"),
                    *("street", "city", "province", "zip"),
                },
            ),
            (  # ServiceM8
                "Name,First Name,Last Name,Email,Phone,Address 1,City,State,Postcode",
                {
                    *("name", "first_name", "last_name", "email", "phone"),
                    *("street", "city", "province", "zip"),
                },
            ),
        ):
            columns, unknown = match_headings("client", headings.split(","))
            self.assertEqual(set(columns.values()), expected)
            self.assertFalse(unknown)

    def test_templates_are_read_back(self):
        for kind, fields in KINDS.items():
            for language in ("en_US", "fr_CA"):
                headings = get_template(kind, language)
                rows = read_sheet(write_template(headings), "template.xlsx")
                self.assertEqual(rows, [headings])
                columns, unknown = match_headings(kind, rows[0])
                self.assertEqual(list(columns.values()), list(fields), language)
                self.assertFalse(unknown)

    def test_sheets(self):
        text = 'Nom;Ville\r\n"Plomberie; Côté";Montréal\r\n'
        rows = [["Nom", "Ville"], ["Plomberie; Côté", "Montréal"]]
        self.assertEqual(read_sheet(text.encode("cp1252"), "a.csv"), rows)
        self.assertEqual(read_sheet(text.encode("utf-8-sig"), "a.csv"), rows)
        for name in ("a.xlsx", "a.xls", "a.csv"):
            with self.assertRaises(UnreadableError):
                read_sheet(b"\0\1\2 no sheet", name)

    def test_a_client_is_known_again(self):
        keys = get_client_keys({"name": "Marie Côté", "street": "12, rue A", "phone": "5145550101"})
        again = get_client_keys({"name": "MARIE COTE", "street": "12 rue A"})
        self.assertTrue(keys & again)
        self.assertFalse(get_client_keys({"name": "Marie Côté"}))
