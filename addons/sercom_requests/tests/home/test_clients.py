from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..common import SercomRequestsCommon


@tagged("post_install", "-at_install")
class TestClients(SercomRequestsCommon):
    """A field of a client offers clients, and tells namesakes apart."""

    def _offer(self, model, text):
        """Names that the client field of ``model`` drops down, when ``text`` is typed."""
        Model = self.env[model].with_user(self.user_dispatcher)
        domain = Model.fields_get(["partner_id"])["partner_id"]["domain"]
        if isinstance(domain, str):
            company = self.company.id
            domain = safe_eval(domain, {"company_id": company, "allowed_company_ids": [company]})
        partners = self.env["res.partner"].with_user(self.user_dispatcher)
        return partners.web_name_search(text, {"display_name": {}}, domain, limit=8)

    def test_neither_sites_nor_workers_are_offered(self):
        self.env["res.partner"].create({"name": "Worker Zzqy", "fsm_person": True})
        self._create_site(name="Site Zzqy")
        client = self.env["res.partner"].create({"name": "Client Zzqy"})
        own_site = self.env["res.partner"].create({"name": "House Zzqy", "customer_rank": 1})
        own_site.fsm_location = True
        for model in ("crm.lead", "sale.order", "sercom.service.file", "sercom.call"):
            with self.subTest(model=model):
                found = {row["id"] for row in self._offer(model, "Zzqy")}
                self.assertEqual(found, {client.id, own_site.id})

    def test_namesakes_are_told_apart(self):
        alone, *_two = self.env["res.partner"].create(
            [
                {"name": "Luc Zzqv", "city": "Laval"},
                {"name": "Anne Zzqv", "city": "Laval", "phone": "450 555-0101"},
                {"name": "Anne Zzqv", "email": "anne@example.com"},
            ]
        )
        shown = [row["__formatted_display_name"] for row in self._offer("crm.lead", "Zzqv")]
        self.assertEqual(
            sorted(shown),
            [
                "Anne Zzqv \t --Laval · 450 555-0101--",
                "Anne Zzqv \t --anne@example.com--",
                alone.name,
            ],
        )
