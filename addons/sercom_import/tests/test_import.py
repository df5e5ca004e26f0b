import base64
import io

import xlwt

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sercom_requests.tests.common import SercomRequestsCommon

from ..tools.sheets import read_sheet

BOREAL = (
    "Immeubles Boréal,514 555-0188,info@boreal.example,800 rue Sherbrooke,Montréal,Québec,h3a1g1"
)
CLIENTS = f"""Nom,Tél.,Courriel,Adresse,Ville,Province,Code postal,Site,Rue du site,Ville du site
{BOREAL},Tour A,1 rue A,Laval
{BOREAL},Tour B,2 rue B,Laval
Jean Roy,(450) 555-0123,,55 rue du Parc,Longueuil,QC,J4K 1A1,,,
,,,,,,,,,
Marie T.,+1 514 555 0101,,4321 rue Saint-Denis,Montréal,QC,H2J 2K9,,,
"""
PRICES = """Référence,Nom,Prix,Coût,Type
DRAIN-1,Débouchage de drain,"189,00 $",,Service
V-34,Valve 3/4,"24,95","9,10",Pièce
"""


@tagged("post_install", "-at_install")
class TestImport(SercomRequestsCommon):
    """Looked through first, all of it or nothing, and nothing twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_manager = cls._create_user(
            "import_manager",
            "fieldservice.group_fsm_manager,base.group_partner_manager,"
            "product.group_product_manager,account.group_account_manager",
        )

    @classmethod
    def _choose(cls, text, kind="client", filename="clients.csv", user=None):
        content = text.encode() if isinstance(text, str) else text
        wizard = cls.env["sercom.import"].with_user(user or cls.user_manager)
        return wizard.create(
            {"kind": kind, "file": base64.b64encode(content), "filename": filename}
        )

    def _count(self, model):
        return self.env[model].search_count([])

    def _get_notes(self, wizard):
        return [(line.row, line.column, line.level) for line in wizard.line_ids]

    def test_clients_with_their_sites(self):
        wizard = self._choose(CLIENTS)
        before = self._count("res.partner")
        wizard.action_check()
        self.assertEqual(self._count("res.partner"), before)
        self.assertEqual((wizard.new_count, wizard.known_count, wizard.wrong_count), (3, 1, 0))
        self.assertEqual(self._get_notes(wizard), [(6, "Nom", "known")])
        self.assertIn("Marie Tremblay", wizard.line_ids.message)
        wizard.action_import()
        self.assertEqual(wizard.state, "done")
        boreal = self.env["res.partner"].search([("email", "=", "info@boreal.example")])
        self.assertEqual(len(boreal), 1)
        self.assertEqual((boreal.phone, boreal.zip), ("+1 514 555 0188", "H3A 1G1"))
        self.assertEqual(boreal.state_id.code, "QC")
        self.assertEqual(boreal.country_id.code, "CA")
        sites = self.env["fsm.location"].search([("owner_id", "=", boreal.id)])
        self.assertEqual(set(sites.mapped("name")), {"Tour A", "Tour B"})
        self.assertEqual(set(sites.mapped("street")), {"1 rue A", "2 rue B"})
        roy = self.env["res.partner"].search([("phone", "=", "+1 450 555 0123")]) - sites.partner_id
        site = self.env["fsm.location"].search([("owner_id", "in", roy.ids)])
        self.assertEqual(site.street, "55 rue du Parc")

    def test_the_language_of_a_client(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        text = (
            "Nom,Téléphone,Langue\nGarage Lévesque,514 555-0161,Français\n"
            "John Smith,514 555-0162,anglais\nÉlodie Côté,514 555-0163,\n"
        )
        self.company.partner_id.lang = "fr_CA"
        wizard = self._choose(text)
        wizard.action_check()
        self.assertFalse(wizard.unknown_columns)
        wizard.action_import()
        names = ["Garage Lévesque", "John Smith", "Élodie Côté"]
        found = self.env["res.partner"].search([("name", "in", names)])
        languages = {partner.name: partner.lang for partner in found}
        self.assertEqual(languages, dict(zip(names, ("fr_CA", "en_US", "fr_CA"), strict=True)))
        wizard = self._choose("Nom,Téléphone,Langue\nX,514 555-0164,klingon\n")
        wizard.action_check()
        self.assertEqual(self._get_notes(wizard), [(2, "Langue", "wrong")])

    def test_the_unit_of_a_price(self):
        text = "Nom,Prix,Unité\nPlombier de nuit,189.50,Heures\nValve,10,\nTuyau,3,kg\n"
        wizard = self._choose(text, "price")
        wizard.action_check()
        self.assertFalse(wizard.unknown_columns)
        wizard.action_import()
        found = self.env["product.template"].search(
            [("name", "in", ("Plombier de nuit", "Valve", "Tuyau"))]
        )
        units = {product.name: product.uom_id for product in found}
        self.assertEqual(units["Plombier de nuit"], self.env.ref("uom.product_uom_hour"))
        self.assertEqual(units["Valve"], self.env.ref("uom.product_uom_unit"))
        self.assertEqual(units["Tuyau"], self.env.ref("uom.product_uom_kgm"))
        wizard = self._choose("Nom,Prix,Unité\nY,1,poignée\n", "price")
        wizard.action_check()
        self.assertEqual(self._get_notes(wizard), [(2, "Unité", "wrong")])

    def test_twice_is_once(self):
        self._choose(CLIENTS).action_import()
        partners, sites = self._count("res.partner"), self._count("fsm.location")
        again = self._choose(CLIENTS)
        again.action_import()
        self.assertEqual((again.new_count, again.known_count), (0, 4))
        self.assertEqual(self._count("res.partner"), partners)
        self.assertEqual(self._count("fsm.location"), sites)
        again = self._choose(PRICES, "price")
        again.action_import()
        again.action_import()
        self.assertEqual((again.new_count, again.known_count), (0, 2))

    def test_a_new_site_of_a_client_who_is_there(self):
        self._choose(CLIENTS).action_import()
        partners = self.env["res.partner"].search([("email", "=", "info@boreal.example")])
        again = self._choose(f"{CLIENTS}{BOREAL},Tour C,3 rue C,Laval\n")
        again.action_import()
        self.assertEqual((again.new_count, again.known_count), (1, 4))
        sites = self.env["fsm.location"].search([("owner_id", "=", partners.id)])
        self.assertEqual(set(sites.mapped("street")), {"1 rue A", "2 rue B", "3 rue C"})

    def test_a_row_that_is_there_twice_is_taken_once(self):
        line = CLIENTS.split("\n")[3]
        wizard = self._choose(f"{CLIENTS}{line}\n")
        wizard.action_check()
        self.assertEqual((wizard.new_count, wizard.known_count), (3, 2))
        self.assertIn("row 4", wizard.line_ids[-1].message)

    def test_nothing_is_half_imported(self):
        text = CLIENTS + "Zoé Roy,555-0199,zoe@,1 rue C,Montréal,Vermont,H2J 2K\n"
        wizard = self._choose(text)
        before = self._count("res.partner")
        wizard.action_check()
        wrong = wizard.line_ids.filtered(lambda line: line.level == "wrong")
        self.assertEqual(set(wrong.mapped("row")), {7})
        self.assertEqual(
            set(wrong.mapped("column")), {"Tél.", "Courriel", "Province", "Code postal"}
        )
        phone = wrong.filtered(lambda line: line.column == "Tél.")
        self.assertEqual(phone.value, "555-0199")
        self.assertIn("area code", phone.message)
        with self.assertRaisesRegex(UserError, "row 7"):
            wizard.action_import()
        self.assertEqual(self._count("res.partner"), before)

    def test_price_list(self):
        wizard = self._choose(PRICES, "price", "prix.csv")
        wizard.action_import()
        valve = self.env["product.template"].search([("default_code", "=", "V-34")])
        self.assertEqual(
            (valve.list_price, valve.standard_price, valve.type), (24.95, 9.1, "consu")
        )
        drain = self.env["product.template"].search([("default_code", "=", "DRAIN-1")])
        self.assertEqual((drain.list_price, drain.type), (189.0, "service"))

    def test_prices_that_are_refused(self):
        self._choose(PRICES, "price").action_import()
        text = "Code,Nom,Prix,Coût\nV-34,Autre valve,5,\nX,Un,1,-2\nY,Deux,1,1\ny,Trois,1,1\n,,3,\n"
        wizard = self._choose(text, "price")
        wizard.action_check()
        self.assertEqual(
            self._get_notes(wizard),
            [(2, "Code", "wrong"), (3, "Coût", "wrong"), (5, "Code", "wrong"), (6, "Nom", "wrong")],
        )
        with self.assertRaises(UserError):
            wizard.action_import()

    def test_an_old_excel_file(self):
        book = xlwt.Workbook()
        sheet = book.add_sheet("Clients")
        for row, cells in enumerate(
            (("Client", "Phone", "Street"), ("Luc Roy", 4505550177, "9 rue D"))
        ):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
        out = io.BytesIO()
        book.save(out)
        wizard = self._choose(out.getvalue(), filename="clients.XLS")
        wizard.action_import()
        self.assertTrue(self.env["res.partner"].search([("phone", "=", "+1 450 555 0177")]))

    def test_what_is_no_sheet(self):
        for text, name in ((b"\0\1", "a.xlsx"), ("x,y\n1,2\n", "a.csv")):
            with self.assertRaisesRegex(UserError, "a\\."):
                self._choose(text, filename=name).action_check()
        wizard = self.env["sercom.import"].with_user(self.user_manager).create({})
        with self.assertRaisesRegex(UserError, "Choose"):
            wizard.action_check()
        self.assertIn("/template/client.xlsx", wizard.action_template()["url"])
        rows = read_sheet(base64.b64decode(wizard.template), wizard.template_name)
        self.assertEqual(rows[0][0], "Client")

    def test_only_managers(self):
        wizard = self._choose(CLIENTS)
        for user in (self.user_dispatcher, self.user_technician, self.user_internal):
            for name in ("action_check", "action_import"):
                with self.assertRaises(AccessError):
                    getattr(wizard.with_user(user), name)()
        with self.assertRaises(AccessError):
            wizard.write({"state": "done"})
