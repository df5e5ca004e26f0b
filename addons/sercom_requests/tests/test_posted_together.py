from odoo import Command
from odoo.tests import tagged

from .common import SercomRequestsCommon

# What a message says, beside its moment and number.
MESSAGE_FIELDS = (
    *("author_id", "body", "email_add_signature", "email_from", "email_layout_xmlid"),
    *("is_internal", "message_type", "model", "notified_partner_ids", "partner_ids"),
    *("record_alias_domain_id", "record_company_id", "reply_to", "subject", "subtype_id"),
)
TRACKED_FIELDS = ("field_id", "old_value_char", "new_value_char", "new_value_integer")


@tagged("post_install", "-at_install")
class TestPostedTogether(SercomRequestsCommon):
    """What changes on many records is written as it would be of each; the name apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._tell_chatters()
        cls.domain = cls.env["mail.alias.domain"].create({"name": "example.com"})
        cls.company.alias_domain_id = cls.domain

    def _quotes(self, count):
        lines = [Command.create({"product_id": self.product_travel.id})]  # which make no job
        quotes = self.env["sale.order"].concat(
            *[self._create_quote(order_line=lines) for _number in range(count)]
        )
        self.env.cr.flush()
        return quotes.with_user(self.user_salesman)

    def _get_messages(self, record, name):
        """What the chatter of ``record`` says, and what hangs on what; ``name`` left out."""
        self.env.cr.flush()
        self.env.invalidate_all()
        told = []
        for message in record.sudo().message_ids.sorted("id"):
            (vals,) = message.read(MESSAGE_FIELDS, load="")
            tracked = [
                {key: value for key, value in row.items() if key != "id"}
                for row in message.tracking_value_ids.sorted("id").read(TRACKED_FIELDS, load="")
            ]
            parent = message.parent_id
            told.append(
                {
                    **{key: str(value).replace(name, "…") for key, value in vals.items()},
                    "id": None,
                    "tracked": tracked,
                    "parent": parent and record.message_ids.sorted("id").ids.index(parent.id),
                }
            )
        return told

    def _assert_alike(self, alone, together):
        expected = self._get_messages(alone, alone.display_name)
        for record in together:
            self.assertEqual(self._get_messages(record, record.display_name), expected)
        return expected

    def _confirm(self, quotes):
        alone, together = quotes[:1], quotes[1:]
        alone.action_confirm()
        self.env.cr.flush()
        together.action_confirm()
        return alone, together

    def test_confirming(self):
        told = self._assert_alike(*self._confirm(self._quotes(4)))
        confirmed = self.env.ref("sale.mt_order_confirmed")
        (message,) = [row for row in told if row["subtype_id"] == str(confirmed.id)]
        self.assertTrue(message["tracked"])
        self.assertEqual(message["parent"], 0)
        self.assertIn("example.com", message["reply_to"])

    def test_state_of_files(self):
        alone, together = self._confirm(self._quotes(4))
        told = self._assert_alike(alone.service_file_id, together.service_file_id)
        self.assertTrue(told[-1]["tracked"])

    def test_moving_requests(self):
        requests = self.env["crm.lead"].create(
            [self._prepare_request_vals(name=f"Leak {number}") for number in range(4)]
        )
        self.env.cr.flush()
        requests = requests.with_user(self.user_dispatcher)
        requests[:1].action_convert_to_quote()
        requests[1:].action_convert_to_quote()
        told = self._assert_alike(requests[:1], requests[1:])
        self.assertTrue(any(row["tracked"] for row in told))

    def test_comments_come_first(self):
        """A message hangs on the last that a person wrote, whatever came after."""
        quotes = self._quotes(4)
        for quote in quotes:
            quote.message_post(body="Call me.", message_type="comment")
            quote.message_post(body="Looked at.")
        told = self._assert_alike(*self._confirm(quotes))
        confirmed = str(self.env.ref("sale.mt_order_confirmed").id)
        (parent,) = [row["parent"] for row in told if row["subtype_id"] == confirmed]
        self.assertIn("Call me", told[parent]["body"])

    def test_followers_are_told(self):
        quotes = self._quotes(4)
        follower = self.user_accountant
        confirmed = self.env.ref("sale.mt_order_confirmed")
        quotes.sudo().message_subscribe(follower.partner_id.ids, confirmed.ids)
        alone, together = self._confirm(quotes)
        self._assert_alike(alone, together)
        for quote in alone | together:
            message = quote.sudo().message_ids.filtered(lambda row: row.subtype_id == confirmed)
            self.assertEqual(message.notified_partner_ids, follower.partner_id)
            mail = self.env["mail.mail"].sudo().search([("mail_message_id", "=", message.id)])
            self.assertIn("Sales Order", mail.body_html, "what changed is in the e-mail")

    def test_authors_and_words_of_their_own(self):
        quotes = self._quotes(3)
        author = self.user_accountant.partner_id
        quotes._track_set_author(author)
        quotes._track_set_log_message("As agreed.")
        quotes.sudo().write({"team_id": self.env["crm.team"].create({"name": "Night"}).id})
        self.env.cr.flush()
        for quote in quotes:
            message = quote.sudo().message_ids[:1]
            self.assertEqual(message.author_id, author)
            self.assertIn("As agreed.", message.body)
            self.assertEqual(message.tracking_value_ids.new_value_char, "Night")


@tagged("post_install", "-at_install")
class TestOrdersMadeTogether(SercomRequestsCommon):
    """Many orders at once have what each would have alone."""

    def _prepare(self, count, **vals):
        line = {"product_id": self.product_hour.id, "product_uom_qty": 1.0}
        return [
            {
                "partner_id": self.client_partner.id,
                "fsm_location_id": self.site.id,
                "order_line": [Command.create(dict(line))],
                **vals,
            }
            for _number in range(count)
        ]

    def _assert_alike(self, name, **vals):
        SaleOrder = self.env["sale.order"]
        alone = SaleOrder.create(self._prepare(1, **vals))
        together = SaleOrder._create_together(self._prepare(3, **vals))
        self.assertEqual(len(set(together.mapped("name"))), 3)
        for order in together:
            self.assertEqual(order[name], alone[name])
        return alone

    def test_followers(self):
        team = self.env["crm.team"].create({"name": "Night"})
        subtype = self.env["mail.message.subtype"].search(
            [("res_model", "=", "crm.team"), ("relation_field", "=", "team_id")], limit=1
        )
        team.message_subscribe(self.user_accountant.partner_id.ids, subtype.ids)
        salesman = self.user_salesman
        alone = self._assert_alike("message_partner_ids", team_id=team.id, user_id=salesman.id)
        people = self.user_accountant.partner_id | salesman.partner_id
        self.assertLessEqual(people, alone.message_partner_ids)

    def test_followers_of_different_teams(self):
        teams = self.env["crm.team"].create([{"name": "Night"}, {"name": "Day"}])
        subtype = self.env["mail.message.subtype"].search(
            [("res_model", "=", "crm.team"), ("relation_field", "=", "team_id")], limit=1
        )
        teams[0].message_subscribe(self.user_accountant.partner_id.ids, subtype.ids)
        vals_list = [
            vals for team in (*teams, *teams) for vals in self._prepare(1, team_id=team.id)
        ]
        orders = self.env["sale.order"]._create_together(vals_list)
        follows = [self.user_accountant.partner_id in order.message_partner_ids for order in orders]
        self.assertEqual(follows, [True, False, True, False])

    def test_warehouse_of_the_salesperson(self):
        if "warehouse_id" not in self.env["sale.order"]._fields:
            self.skipTest("Odoo's stock is missing.")
        warehouse = self.env["stock.warehouse"].create({"name": "North", "code": "NO"})
        self.user_salesman.property_warehouse_id = warehouse
        alone = self._assert_alike("warehouse_id", user_id=self.user_salesman.id)
        self.assertEqual(alone.warehouse_id, warehouse)
        other = self._assert_alike("warehouse_id", user_id=self.user_dispatcher.id)
        self.assertNotEqual(other.warehouse_id, warehouse)

    def test_default_documents(self):
        if "quotation_document_ids" not in self.env["sale.order"]._fields:
            self.skipTest("Odoo's quotation builder is missing.")
        self._assert_alike("quotation_document_ids")

    def test_analytic_distribution(self):
        """The first model that a firm makes is used at once."""
        (before,) = self.env["sale.order"]._create_together(self._prepare(1))
        self.assertFalse(before.order_line.analytic_distribution)
        account = self.env["account.analytic.account"].create(
            {
                "name": "Plumbing",
                "plan_id": self.env["account.analytic.plan"].create({"name": "P"}).id,
            }
        )
        self.env["account.analytic.distribution.model"].create(
            {
                "partner_id": self.client_partner.id,
                "analytic_distribution": {str(account.id): 100},
            }
        )
        for order in self.env["sale.order"]._create_together(self._prepare(2)):
            self.assertEqual(order.order_line.analytic_distribution, {str(account.id): 100})
