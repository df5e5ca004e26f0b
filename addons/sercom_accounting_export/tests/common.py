import base64
from decimal import Decimal

from odoo import Command

from odoo.addons.sercom_requests.tests.common import SercomRequestsCommon

LAST_DAY = "2026-11-30"
ZOE = 'Plomberie "Chez Zoé", inc.'


class HandOverCommon(SercomRequestsCommon):
    """A firm in Québec that charges TPS and TVQ, and what it invoiced in November 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.accounting_export_start = "2026-11-01"
        cls.tps, cls.tvq = cls.env["account.tax"].create(
            [
                cls._prepare_tax("TPS 5 %", 5.0, "232100"),
                cls._prepare_tax("TVQ 9,975 %", 9.975, "232200"),
            ]
        )
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "TPS + TVQ",
                "amount_type": "group",
                "type_tax_use": "sale",
                "children_tax_ids": [Command.set((cls.tps | cls.tvq).ids)],
            }
        )
        cls.products.taxes_id = cls.tax
        cls.zoe, cls.formula = cls.env["res.partner"].create(
            [
                {
                    "name": ZOE,
                    "is_company": True,
                    "street": "12, rue de l'Église",
                    "city": "Montréal",
                    "phone": "+1 514 555 0177",
                    "email": "zoe@example.com",
                    "state_id": cls.env.ref("base.state_ca_qc").id,
                    "country_id": cls.env.ref("base.ca").id,
                },
                {"name": '=HYPERLINK("http://example.com";"A")', "city": "Laval"},
            ]
        )
        cls.foreign = cls.env["res.currency"].create(
            {
                "name": "ZZD",
                "symbol": "Z",
                "rate_ids": [
                    Command.create({"name": "2026-01-01", "rate": 0.7313, "company_id": False})
                ],
            }
        )
        cls.Batch = cls.env["sercom.accounting.batch"]
        cls.Line = cls.env["sercom.accounting.batch.line"]

    @classmethod
    def _prepare_tax(cls, name, rate, code):
        account = cls.env["account.account"].create(
            {"name": name, "code": code, "account_type": "liability_current"}
        )
        lines = [
            Command.create({"repartition_type": "base"}),
            Command.create({"repartition_type": "tax", "account_id": account.id}),
        ]
        return {
            "name": name,
            "amount": rate,
            "type_tax_use": "sale",
            "invoice_repartition_line_ids": lines,
            "refund_repartition_line_ids": lines,
        }

    @classmethod
    def _invoice(cls, lines, partner=None, post=True, **vals):
        """Make an invoice of ``(product, quantity, price, discount)``."""
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or cls.client_partner).id,
                "invoice_date": "2026-11-12",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "quantity": quantity,
                            "price_unit": price,
                            "discount": discount,
                            "tax_ids": [Command.set(cls.tax.ids)],
                        }
                    )
                    for product, quantity, price, discount in lines
                ],
                **vals,
            }
        )
        if post:
            move.action_post()
        return move

    @classmethod
    def _credit(cls, move, quantity):
        """Credit part of the first line of an invoice."""
        credit = move._reverse_moves([{"invoice_date": "2026-11-20", "date": "2026-11-20"}])
        credit.invoice_line_ids[1:].unlink()
        credit.invoice_line_ids.quantity = quantity
        credit.action_post()
        return credit

    @classmethod
    def _pay(cls, move, **vals):
        wizard = cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        return wizard.create({"payment_date": "2026-11-25", **vals})._create_payments()

    @classmethod
    def _make_month(cls):
        """Invoices of three clients, one in a foreign currency, a credit note, payments."""
        cls.first = cls._invoice(
            [
                (cls.product_hour, 1.5, 110.0, 0),
                (cls.product_travel, 3, 33.33, 10),
                (cls.product_part, 7, 0.35, 0),
            ],
            cls.zoe,
        )
        cls.second = cls._invoice([(cls.product_part, 3, 19.99, 0)], cls.formula)
        cls.third = cls._invoice(
            [(cls.product_hour, 2, 117.77, 0)], cls.client_partner, currency_id=cls.foreign.id
        )
        cls.credit = cls._credit(cls.first, 0.5)
        cls.payment = cls._pay(cls.first, amount=100.0)
        cls.foreign_payment = cls._pay(cls.third)
        cls.moves = cls.first | cls.second | cls.third | cls.credit
        cls.payments = cls.payment | cls.foreign_payment

    @classmethod
    def _get_layout(cls, name):
        return cls.env.ref(f"sercom_accounting_export.layout_{name}")

    @classmethod
    def _prepare(cls, layout="journal", user=None, **vals):
        """Make a batch by the dialog, as who bills."""
        user = user or cls.user_accountant
        wizard = cls.env["sercom.accounting.prepare"].with_user(user)
        wizard = wizard.create(
            {"layout_id": cls._get_layout(layout).id, "date_to": LAST_DAY, **vals}
        )
        return cls.Batch.with_user(user).browse(wizard.action_prepare()["res_id"])

    @classmethod
    def _get_files(cls, batch):
        """Bytes of the files of a batch, by name."""
        return {
            file.name: base64.b64decode(file.content)
            for file in batch.sudo().file_ids.with_context(bin_size=False)
        }

    def _get_sum(self, moves, field, **where):
        """Sum of journal items, straight from the table."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT SUM(balance), SUM(amount_currency), SUM(debit), SUM(credit)"
            " FROM account_move_line WHERE move_id IN %s AND account_id IN %s",
            [
                tuple(moves.ids),
                tuple(where["accounts"].ids)
                if "accounts" in where
                else tuple(moves.line_ids.account_id.ids),
            ],
        )
        names = ("balance", "amount_currency", "debit", "credit")
        value = dict(zip(names, self.env.cr.fetchone(), strict=True))[field]
        return Decimal(str(value)).quantize(Decimal("0.01"))
