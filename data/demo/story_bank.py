"""The bank's statement: one line finds its invoice alone, the others wait for the accountant."""

from odoo import Command


def tell(firm, moments):
    if not firm.env.ref("sercom_reconcile.sercom_reconcile_action_bank", False):
        return  # matched where it is installed
    moments.move_to(-1, 8)
    journal = firm.env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", firm.env.company.id)], limit=1
    )
    journal.default_sheet_mapping_id = firm.env.ref(
        "sercom_reconcile.account_statement_import_sheet_mapping_csv"
    )
    buildings, leak, overdue = (
        firm.records[f"invoice_{name}"] for name in ("buildings", "leak", "overdue")
    )
    lines = (
        # Its number alone: matched as it comes in.
        (-2, buildings.payment_reference, buildings.amount_residual, buildings.partner_id),
        # To the cent, with more words around the number.
        (
            -2,
            f"VIREMENT INTERAC {leak.payment_reference} GESTION MONT-ROYAL",
            leak.amount_residual,
            leak.partner_id,
        ),
        # The cheque that was promised, and not all of it.
        (-1, "DEPOT CHEQUE 000482 LACHINE MACHINE WORKS", 400.0, overdue.partner_id),
        # Nobody says whose it is.
        (-1, "DEPOT MOBILE 8841", 120.0, firm.env["res.partner"]),
        (-1, "FRAIS MENSUELS DE TENUE DE COMPTE", -14.95, firm.env["res.partner"]),
    )
    statement = firm.as_user(firm.env["account.bank.statement"], "accountant").create(
        {
            "name": f"Relevé du {moments.date(-1):%Y-%m-%d}",
            "journal_id": journal.id,
            "date": moments.date(-1),
            "line_ids": [
                Command.create(
                    {
                        "journal_id": journal.id,
                        "date": moments.date(day),
                        "payment_ref": words,
                        "amount": amount,
                        "partner_id": partner.id,
                    }
                )
                for day, words, amount, partner in lines
            ],
        }
    )
    statement.balance_end_real = statement.balance_end
    firm.name("bank", statement=statement)
