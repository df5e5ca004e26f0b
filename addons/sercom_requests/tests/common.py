from odoo import fields
from odoo.fields import Command
from odoo.models import BaseModel
from odoo.tests import TransactionCase, new_test_user

# One black pixel: the smallest photo there is.
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)

QUIET = {"mail_create_nolog": True, "mail_notrack": True, "no_reset_password": True}
SALES = "sales_team.group_sale_salesman_all_leads"
USERS = {
    "sercom_salesman": SALES,
    "sercom_dispatcher": f"{SALES},fieldservice.group_fsm_dispatcher",
    "sercom_technician": "fieldservice.group_fsm_user_own",
    "sercom_accountant": "account.group_account_invoice",
    "sercom_internal": "base.group_user",
}


class SercomRequestsCommon(TransactionCase):
    """A client with a site, a small catalog and one user per group; no demo data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, **QUIET})
        cls.company = cls.env.company
        cls.client_partner = cls.env["res.partner"].create(
            {
                "name": "Marie Tremblay",
                "email": "marie.tremblay@example.com",
                "phone": "+1 514 555 0101",
                "street": "4321 rue Saint-Denis",
                "city": "Montréal",
                "zip": "H2J 2K9",
                "country_id": cls.env.ref("base.ca").id,
                "state_id": cls.env.ref("base.state_ca_qc").id,
            }
        )
        cls.site = cls._create_site(name="Duplex Saint-Denis")
        cls.product_hour = cls._create_product(
            name="Plumbing, hour",
            type="service",
            field_service_tracking="sale",
            uom_id=cls.env.ref("uom.product_uom_hour").id,
            list_price=110.0,
        )
        cls.product_travel = cls._create_product(name="Travel", type="service", list_price=65.0)
        cls.product_part = cls._create_product(name="Valve", type="consu", list_price=40.0)
        cls.products = cls.product_hour | cls.product_travel | cls.product_part
        for login, user in cls._create_common_users(cls.env).items():
            setattr(cls, login.replace("sercom_", "user_"), user)
        cls.early = fields.Datetime.to_datetime("2026-11-02 13:00:00")
        cls.late = fields.Datetime.to_datetime("2026-11-04 21:00:00")

    @classmethod
    def _tell_chatters(cls):
        """Let chatters get the messages and notes that tests leave out otherwise."""
        hidden = ("mail_create_nolog", "mail_notrack")
        context = {key: value for key, value in cls.env.context.items() if key not in hidden}
        cls.env = cls.env(context=context)

    @classmethod
    def _create_common_users(cls, env):
        """Make the users of the common cases, those that are not there yet.

        A runner may make them once in the database, ahead of all cases: a user takes long.

        :return: user by login
        """
        known = env["res.users"].search([("login", "in", list(USERS))])
        users = {user.login: user for user in known}
        env = env(context={**env.context, **QUIET})
        for login, groups in USERS.items():
            if login not in users:
                users[login] = new_test_user(
                    env, login=login, groups=groups, email=f"{login}@example.com"
                )
        return users

    @classmethod
    def _create_user(cls, login, groups):
        return new_test_user(cls.env, login=login, groups=groups, email=f"{login}@example.com")

    @classmethod
    def _create_site(cls, **vals):
        return cls.env["fsm.location"].create(
            {
                "name": "Site",
                "owner_id": cls.client_partner.id,
                "street": "4321 rue Saint-Denis",
                "city": "Montréal",
                **vals,
            }
        )

    @classmethod
    def _create_product(cls, **vals):
        return cls.env["product.product"].create(
            {"taxes_id": [Command.clear()], "invoice_policy": "order", **vals}
        )

    @classmethod
    def _prepare_request_vals(cls, **vals):
        """Values of a complete request; ``vals`` replaces some of them."""
        return {
            "name": "Water heater leaks",
            "type": "opportunity",
            "partner_id": cls.client_partner.id,
            "fsm_location_id": cls.site.id,
            "need": "<p>The water heater leaks on the floor.</p>",
            "description": "<p>Dog in the yard.</p>",
            "request_early": cls.early,
            "request_late": cls.late,
            "request_line_ids": [
                Command.create({"product_id": cls.product_hour.id, "product_uom_qty": 3.0}),
                Command.create({"product_id": cls.product_travel.id, "price_unit": 50.0}),
                Command.create({"product_id": cls.product_part.id, "product_uom_qty": 2.0}),
            ],
            **vals,
        }

    @classmethod
    def _create_request(cls, **vals):
        """Make a complete service request; ``vals`` replaces some of its values."""
        return cls.env["crm.lead"].create(cls._prepare_request_vals(**vals))

    @classmethod
    def _create_quote(cls, **vals):
        """Make an open quote of three hours, travel and a part at the site."""
        return cls.env["sale.order"].create(
            {
                "partner_id": cls.client_partner.id,
                "fsm_location_id": cls.site.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": quantity})
                    for product, quantity in zip(cls.products, (3.0, 1.0, 2.0), strict=True)
                ],
                **vals,
            }
        )

    @classmethod
    def _get_queries(cls, method, *args):
        """Number of queries that calling ``method`` takes, with all that is written at commit."""
        cls.env.cr.flush()
        cls.env.invalidate_all()
        before = cls.env.cr.sql_log_count
        method(*args)
        cls.env.cr.flush()
        return cls.env.cr.sql_log_count - before

    def _get_hour_queries(self):
        """Odoo asks for the hour at each order line; Sercom's timesheets once."""
        modules = self.env.registry._init_modules
        return int("sale_timesheet" in modules and "sercom_timesheets" not in modules)

    @classmethod
    def _send_notices(cls):
        """Tell people what waits to be told, due or not, as the scheduled action does in time."""
        cls.env["sercom.appointment.notice"].search([])._send()

    def _assert_queries_each(self, each, make, act):
        """Hold what one record more costs to a number of queries, the caches warm.

        :param int each: queries of one record more; what they are is said by the test
        :param make: function of a number that makes as many records
        :param act: what is done with them
        """

        def count(number):
            made = make(number)
            if isinstance(made, BaseModel):
                made = made.browse(made.ids)  # read together, as the records of a list view
            return self._get_queries(act, made)

        count(10)  # warms the caches
        two, twelve = count(2), count(12)
        self.assertEqual(twelve - two, 10 * each, f"2 records: {two} queries, 12: {twelve}")
