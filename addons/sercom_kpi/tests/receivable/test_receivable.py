from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import DAY, KpiCommon

AGES = ("amount_not_due", "amount_age_1", "amount_age_2", "amount_age_3", "amount_age_4")


@tagged("post_install", "-at_install")
@freeze_time("2026-12-20 15:00")
class TestReceivable(KpiCommon):
    """What is owed on 20 December 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.biller = cls._create_user("kpi_biller", "account.group_account_invoice")
        cls.Receivable = cls.env["sercom.kpi.receivable"].with_user(cls.biller)
        cls.moves = {
            due: cls._invoice(due)
            for due in (
                "2026-12-20",
                "2026-12-19",
                "2026-11-20",
                "2026-11-19",
                "2026-09-21",
                "2026-09-20",
            )
        }

    @classmethod
    def _invoice(cls, due):
        job = cls._create_hourly_job()
        start = cls.start + len(cls.env["hr.attendance"].search([])) * DAY
        cls._work(job, 1, start=start)
        move = cls._bill(job)
        move.write(
            {
                "invoice_date": "2026-09-01",
                "invoice_payment_term_id": False,
                "invoice_date_due": due,
            }
        )
        move.action_post()
        return move

    def _get_ages(self, move):
        [row] = self.Receivable.search([("move_id", "=", move.id)])
        return [row[name] for name in AGES]

    def test_each_age(self):
        for (due, move), age in zip(self.moves.items(), (0, 1, 1, 2, 3, 4), strict=True):
            amounts = self._get_ages(move)
            self.assertEqual(amounts[age], move.amount_residual, due)
            self.assertEqual(sum(amounts), move.amount_residual, due)

    def test_paid_and_owed_tie_to_the_ledger(self):
        move = self.moves["2026-11-20"]
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({"amount": 20.0})._create_payments()
        credit = self._credit(self.moves["2026-12-19"])
        self.env.flush_all()
        partner = move.commercial_partner_id
        sums = self.Receivable._read_group(
            [("partner_id", "=", partner.id)],
            [],
            ["amount_invoiced:sum", "amount_paid:sum", "amount_owed:sum", "amount_overdue:sum"],
        )[0]
        moves = self.env["account.move"].search(
            [
                ("commercial_partner_id", "=", partner.id),
                ("state", "=", "posted"),
                ("move_type", "in", ("out_invoice", "out_refund")),
            ]
        )
        self.assertIn(credit, moves)
        lines = moves.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        self.assertAlmostEqual(sums[0], sum(lines.mapped("balance")))
        self.assertAlmostEqual(sums[2], sum(lines.mapped("amount_residual")))
        self.assertAlmostEqual(sums[1], sums[0] - sums[2])
        overdue = lines.filtered(lambda line: str(line.date_maturity) < "2026-12-20")
        self.assertAlmostEqual(sums[3], sum(overdue.mapped("amount_residual")))
        by_file = self.Receivable._read_group(
            [("partner_id", "=", partner.id)], ["service_file_id"], ["amount_owed:sum"]
        )
        self.assertAlmostEqual(sum(own for _file, own in by_file), sums[2])

    def test_what_is_credited_is_not_paid(self):
        move = self.moves["2026-12-19"]
        credit = self._credit(move, quantity=0.25)
        paid = self.moves["2026-11-20"]
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=paid.ids
        ).create({"amount": 20.0})._create_payments()
        lines = (move | credit).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        if credit.amount_residual:
            lines.reconcile()
        self.env.flush_all()
        rows = {
            row.move_id: (row.amount_credited, row.amount_paid)
            for row in self.Receivable.search([("move_id", "in", (move | credit | paid).ids)])
        }
        self.assertEqual(rows[move], (credit.amount_total, 0.0))
        self.assertEqual(rows[credit], (-credit.amount_total, 0.0))
        self.assertEqual(rows[paid], (0.0, 20.0))

    def test_it_opens_the_invoice(self):
        move = self.moves["2026-11-20"]
        [row] = self.Receivable.search([("move_id", "=", move.id)])
        self.assertEqual(row.action_open_record()["res_id"], move.id)

    def test_for_who_bills_and_managers(self):
        for user in (self.user_dispatcher, self.user_technician):
            Receivable = self.Receivable.with_user(user)
            for road in (
                lambda own=Receivable: own.search([]),
                lambda own=Receivable: own._read_group([], [], ["amount_owed:sum"]),
                lambda own=Receivable: own.formatted_read_grouping_sets(
                    [], [["partner_id"]], ["amount_owed:sum"]
                ),
                lambda own=Receivable: own.search_read([], ["amount_owed"]),
            ):
                with self.assertRaises(AccessError):
                    road()
