from datetime import date

from odoo import Command

from odoo.addons.sercom.tests.quebec import QuebecCommon


class BankCommon(QuebecCommon):
    """A job's posted invoice of 3 hours and parts, and lines of the bank's statement."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls._create_billable_job()
        cls.job.sale_line_ids.tax_ids = cls.tax
        cls.job.action_complete()
        cls.job.action_convert_to_invoice()
        cls.invoice = cls.job.invoice_ids
        cls.invoice.action_post()
        cls.due = cls.invoice.amount_residual

    @classmethod
    def _create_statement(cls, *lines):
        """Make a statement as the accountant does; each line is ``(words, amount, client)``."""
        statement = (
            cls.env["account.bank.statement"]
            .with_user(cls.users["accountant"])
            .create(
                {
                    "name": "November",
                    "journal_id": cls.bank.id,
                    "line_ids": [
                        Command.create(
                            {
                                "journal_id": cls.bank.id,
                                "date": date(2026, 11, 20),
                                "payment_ref": words,
                                "amount": amount,
                                "partner_id": client and client.id,
                            }
                        )
                        for words, amount, client in lines
                    ],
                }
            )
        )
        statement.balance_end_real = statement.balance_end
        return statement.line_ids
