from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ..common import SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestCaller(SercomRequestsCommon):
    """Whoever answers the phone finds the client by what they say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.ca")
        cls.caller = cls.env["res.partner"].create(
            {
                "name": "Éloïse Lefèbvre-Xyq",
                "phone": "(418) 555-7788",
                "email": "eloise.xyq@example.com",
                "street": "77 côte de l'Église",
                "city": "Lévis",
                "zip": "G6V 1A2",
                "country_id": cls.env.ref("base.ca").id,
            }
        )
        cls.plex = cls._create_site(
            name="Sixplex Xyq",
            owner_id=cls.caller.id,
            street="1200 boulevard Zébulon",
            city="Québec",
        )

    def _search(self, text, user=None):
        caller = self.env["sercom.caller"].with_user(user or self.user_dispatcher)
        return caller.search_callers(text)

    def _find(self, text, user=None):
        return [client["id"] for client in self._search(text, user)["clients"]]

    def test_the_firms_own_people_are_no_callers(self):
        self.user_internal.partner_id.name = "Colleague Zzqx"
        self.assertFalse(self._find("colleague zzqx"))

    def test_technicians_are_no_callers(self):
        worker = self.env["res.partner"].create({"name": "Plumber Zzqy", "fsm_person": True})
        self.assertFalse(self._find("plumber zzqy"))
        worker.customer_rank = 1
        self.assertEqual(self._find("plumber zzqy"), worker.ids, "who has a leak at home")

    def test_by_whatever_the_caller_says(self):
        for text in (
            "eloise lefebvre",
            "LEFÈBVRE xyq",
            "xyq eloise",
            "418 555-7788",
            "+1 (418) 555-7788",
            "4185557788",
            "5557788",
            "eglise levis",
            "g6v1a2",
            "G6V 1A2 xyq",
            "eloise.xyq@example.com",
            "zebulon",
            "1200 zebulon quebec",
            "sixplex xyq",
        ):
            with self.subTest(text=text):
                self.assertIn(self.caller.id, self._find(text))

    def test_a_street_is_found_however_it_is_written(self):
        """Saint or St, boulevard or boul., 1re or 1ère: stored one way, said another."""
        ways = {
            "12 rue Saint-Xyqdenis": ("12 st-xyqdenis", "ste xyqdenis", "saint xyqdenis"),
            "12 rue St-Xyqfoy": ("12 saint-xyqfoy", "sainte-xyqfoy", "st. xyqfoy"),
            "9 boul. Xyqmont": ("9 boulevard xyqmont", "blvd xyqmont", "boul xyqmont"),
            "9 boulevard Xyqvert": ("9 boul. xyqvert", "bd xyqvert", "boulev xyqvert"),
            "30 1re Avenue Xyqun": ("1ère av. xyqun", "1ere avenue xyqun", "1st ave xyqun"),
            "30 2ème ave Xyqdeux": ("2e avenue xyqdeux", "2nd av xyqdeux"),
            "Steven Road Xyqsix": ("ste xyqsix", "st xyqsix", "rd xyqsix"),
        }
        for street, said in ways.items():
            client = self.env["res.partner"].create({"name": "Spelled", "street": street})
            for text in said:
                with self.subTest(stored=street, said=text):
                    self.assertEqual(self._find(text), client.ids)

    def test_another_spelling_of_a_whole_name_comes_first(self):
        names = ("Club Saint Xyqlaurent du lac", "Ste-Xyqlaurent")
        clients = self.env["res.partner"].create([{"name": name} for name in names])
        self.assertEqual(self._find("saint-xyqlaurent"), clients.ids[::-1])

    def test_every_word_counts(self):
        self.assertNotIn(self.caller.id, self._find("eloise zzqqyy"))
        self.assertEqual(self._search("e"), {"clients": [], "records": []})

    def test_a_short_name_is_found_by_its_beginning(self):
        person = self.env["res.partner"].create({"name": "Li Ng", "city": "Xyqville"})
        self.assertEqual(self._find("ng xyqville"), person.ids)
        self.assertEqual(self._find("yq xyqville"), [])

    def test_a_contact_and_a_tenant_lead_to_the_client(self):
        company = self.env["res.partner"].create({"name": "Gestion Xyq", "is_company": True})
        janitor = self.env["res.partner"].create(
            {"name": "Janitor Qqx", "parent_id": company.id, "phone": "418 555 9911"}
        )
        [client] = self._search("4185559911")["clients"]
        self.assertEqual((client["id"], client["matches"]), (company.id, ["Janitor Qqx"]))
        tenant = self.env["res.partner"].create({"name": "Tenant Wwz"})
        self.plex.contact_id = tenant
        [client] = self._search("tenant wwz")["clients"]
        self.assertEqual([site["id"] for site in client["sites"]], self.plex.ids)
        self.assertEqual(client["id"], tenant.id)
        self.assertTrue(janitor)

    def test_by_the_number_of_a_record(self):
        quote = self._create_quote(partner_id=self.caller.id, fsm_location_id=self.plex.id)
        found = self._search(quote.name)
        self.assertIn(
            ("sale.order", quote.id, "Quote"),
            [(row["model"], row["id"], row["kind"]) for row in found["records"]],
        )
        self.assertEqual(found["clients"][0]["id"], self.caller.id)
        file = quote.service_file_id
        found = self._search(file.name.lower())
        self.assertIn(
            ("sercom.service.file", file.id),
            [(row["model"], row["id"]) for row in found["records"]],
        )

    def test_by_the_number_of_an_invoice(self):
        quote = self._create_quote(partner_id=self.caller.id, fsm_location_id=self.plex.id)
        quote.action_confirm()
        quote.order_line.qty_delivered = 1.0
        move = quote._create_invoices()
        move.action_post()
        user = self.user_dispatcher
        user.group_ids += self.env.ref("account.group_account_invoice")
        for text in (move.name, move.name.lower(), f" {move.name} "):
            with self.subTest(text=text):
                found = self._search(text, user)
                self.assertEqual([client["id"] for client in found["clients"]], self.caller.ids)
                rows = [
                    (row["kind"], row["model"], row["id"], row["client"])
                    for row in found["records"]
                ]
                self.assertIn(("Invoice", "account.move", move.id, self.caller.name), rows)
        nobody = self._search(move.name + "9", user)
        self.assertEqual((nobody["clients"], nobody["records"]), ([], []))

    def test_what_the_call_may_be_about(self):
        quote = self._create_quote(partner_id=self.caller.id, fsm_location_id=self.plex.id)
        now = fields.Datetime.now().replace(microsecond=0)
        visit = self.env["calendar.event"].create(
            {
                "name": "Leak seen",
                "start": now - timedelta(days=3),
                "stop": now - timedelta(days=3, hours=-1),
                "service_file_id": quote.service_file_id.id,
            }
        )
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.caller.id,
                "invoice_line_ids": [
                    fields.Command.create({"name": "Work", "price_unit": 80.0, "tax_ids": False})
                ],
            }
        )
        move.action_post()
        user = self.user_dispatcher
        user.group_ids += self.env.ref("account.group_account_invoice")
        [client] = self._search("lefebvre-xyq")["clients"]
        sections = {section["key"]: section for section in client["sections"]}
        self.assertEqual([site["id"] for site in client["sites"]], self.plex.ids)
        self.assertEqual(client["sites"][0]["address"][:4], "1200")
        ids = {key: [row["id"] for row in section["records"]] for key, section in sections.items()}
        self.assertEqual(ids["files"], quote.service_file_id.ids)
        self.assertEqual(ids["quotes"], quote.ids)
        self.assertEqual(sections["quotes"]["records"][0]["detail"].split(" · ")[1], "Draft")
        self.assertEqual(ids["invoices"], move.ids)
        self.assertEqual(ids["visits"], visit.ids)

    def test_many_clients_cost_as_many_queries_as_one(self):
        def make(count, word):
            partners = self.env["res.partner"].create(
                [
                    {"name": f"{word} {number}", "city": "Xyqcity", "street": f"{number} rue"}
                    for number in range(count)
                ]
            )
            sites = self.env["fsm.location"].create(
                [
                    {"name": f"Site {partner.name}", "owner_id": partner.id, "street": "1 rue"}
                    for partner in partners
                ]
            )
            for partner, site in zip(partners, sites, strict=True):
                self._create_quote(partner_id=partner.id, fsm_location_id=site.id)

        make(1, "Onexyq")
        make(6, "Sixxyq")
        caller = self.env["sercom.caller"].with_user(self.user_dispatcher)
        self._get_queries(caller.search_callers, "onexyq")
        one = self._get_queries(caller.search_callers, "onexyq")
        six = self._get_queries(caller.search_callers, "sixxyq")
        self.assertEqual(len(caller.search_callers("sixxyq")["clients"]), 6)
        self.assertEqual(six, one)

    def test_rules_hold(self):
        second = self.env["res.company"].create({"name": "Second"})
        self.caller.company_id = second
        self.assertNotIn(self.caller.id, self._find("lefebvre-xyq"))

    def test_technicians_and_clients_reach_nothing(self):
        portal = self._create_user("sercom_caller_portal", "base.group_portal")
        for user in (self.user_technician, self.user_internal, portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._search("lefebvre", user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["sercom.home"].with_user(user).get_home()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["sercom.home"].with_user(user).open_tile("quotes_to_send")
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["sercom.call"].with_user(user).create({"contact_name": "X"})

    def test_enter_in_the_lists_finds_client_phone_and_site(self):
        lead = self._create_request(partner_id=self.caller.id, fsm_location_id=self.plex.id)
        quote = self._create_quote(partner_id=self.caller.id, fsm_location_id=self.plex.id)
        file = quote.service_file_id
        move = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.caller.id, "service_file_id": file.id}
        )
        for action, record in (
            ("sercom_request_action", lead),
            ("sercom_quote_action", quote),
            ("sercom_service_file_action", file),
            ("sercom_invoice_action", move),
            ("sercom_site_action", self.plex),
            ("sercom_client_action", self.caller),
        ):
            view = self.env.ref(f"sercom_requests.{action}").search_view_id
            for text in ("418-555-7788", "lefebvre xyq", "1200 zebulon"):
                if record == self.caller and text == "1200 zebulon":
                    continue
                with self.subTest(action=action, text=text):
                    self.assertIn(record, self._enter(record, view, text))

    def _enter(self, record, view, text):
        """Records that the list shows when ``text`` is typed and Enter pressed."""
        arch = etree.fromstring(record.get_view(view.id, "search")["arch"])
        field = arch.find(".//field")
        domain = field.get("filter_domain")
        domain = (
            safe_eval(domain, {"self": text})
            if domain
            else [(field.get("name"), field.get("operator", "ilike"), text)]
        )
        return record.search(domain)

    def _explain(self, query):
        # Small tables are read as a whole: what counts is that the index can serve.
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        return "\n".join(row for (row,) in self.env.execute_query(SQL("EXPLAIN %s", query)))

    def test_indexes_serve_the_search(self):
        partners, jobs = self.env["res.partner"], self.env["fsm.order"]
        for text in ("eloise", "418 555-7788", "1200 zebulon", "st-zebulon"):
            condition = partners._get_caller_condition(
                "res_partner", partners._read_caller_terms(text)
            )
            plan = self._explain(SQL("SELECT id FROM res_partner WHERE %s", condition))
            with self.subTest(text=text):
                self.assertIn("res_partner_caller_idx", plan)
        plan = self._explain(jobs._search([("name", "ilike", "F0012")]).select())
        self.assertIn("fsm_order_number_idx", plan)
