from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.sercom_billing.tests.common import BillingCommon
from odoo.addons.sercom_requests.tests.common import PIXEL

SECRET = "Zylophonic"


class PortalCommon(BillingCommon):
    """A client company with a need in all states, and everybody who may look at its page.

    ``client``: works for the client company. ``tenant``: is met at the site of the job.
    ``stranger``: another client. Each has a portal login called alike.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls._create_partner("Immeubles Lavoie", is_company=True)
        cls.client = cls._create_partner("Julie Roy", parent_id=cls.owner.id)
        cls.tenant = cls._create_partner("Omar Haddad")
        cls.stranger = cls._create_partner("Paul Stranger")
        cls.portal_users = {
            login: new_test_user(
                cls.env,
                login=login,
                groups="base.group_portal",
                partner_id=partner.id,
                name=partner.name,
            )
            for login, partner in (
                ("client", cls.client),
                ("tenant", cls.tenant),
                ("stranger", cls.stranger),
            )
        }
        cls.building = cls._create_site(
            name="Triplex Lavoie", owner_id=cls.owner.id, street="77 rue Cartier"
        )
        cls.request = cls._create_request(
            name="No hot water",
            partner_id=cls.owner.id,
            contact_id=cls.tenant.id,
            fsm_location_id=cls.building.id,
            description=f"<p>{SECRET} pays late</p>",
        )
        cls.file = cls.request.service_file_id
        cls.quote = cls._sell(service_notes=f"<p>{SECRET}</p>")
        cls.quote.action_confirm()
        cls.done_job = cls.quote.fsm_order_ids
        # A Wednesday, 9:00 in Montréal.
        cls.visit_start = cls.start + timedelta(days=1)
        cls.block = cls._assign(cls.done_job, start=cls.visit_start, note=SECRET)
        cls.open_quote = cls._sell(validity_date=fields.Date.today() + timedelta(days=20))
        cls.open_quote.action_quotation_sent()
        cls.draft_quote = cls._sell()
        cls.photos = cls.env["sercom.photo"].create(
            [
                {"name": name, "image_1920": PIXEL, "fsm_order_id": cls.done_job.id}
                for name in ("New tank", f"{SECRET} mess")
            ]
        )

    @classmethod
    def _create_partner(cls, name, **vals):
        email = f"{name.split()[0].lower()}@example.com"
        return cls.env["res.partner"].create({"name": name, "email": email, **vals})

    @classmethod
    def _sell(cls, **vals):
        """Make a quote of the client company, in the file."""
        cls.product_hour.standard_price = 71.43
        return cls._create_quote(
            partner_id=cls.owner.id,
            fsm_location_id=cls.building.id,
            opportunity_id=cls.request.id,
            **vals,
        )

    @classmethod
    def _complete_and_bill(cls):
        """Complete the job; its posted invoice."""
        cls._work(cls.done_job, 3, start=cls.visit_start)
        cls._complete(cls.done_job)
        return cls._bill(cls.done_job, post=True)

    @classmethod
    def _add_jobs(cls, number):
        """More jobs in the file, each with a visit, an invoice, a quote and a photo."""
        for _number in range(number):
            order = cls._sell()
            order.action_confirm()
            job = order.fsm_order_ids
            cls._assign(job, start=cls.start + timedelta(days=len(cls.file.fsm_order_ids)))
            cls.env["sercom.photo"].create(
                {"name": "Pipe", "image_1920": PIXEL, "fsm_order_id": job.id}
            ).action_show_to_client()
            cls.env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": cls.owner.id,
                    "invoice_date": "2026-11-04",
                    "service_file_id": cls.file.id,
                    "invoice_line_ids": [
                        Command.create({"product_id": cls.product_part.id, "tax_ids": False})
                    ],
                }
            ).action_post()

    def _get_page(self, partner):
        return self.file.sudo()._get_portal_page(partner)
