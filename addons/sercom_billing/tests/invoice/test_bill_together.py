from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import DAY, BillingCommon


@tagged("post_install", "-at_install")
class TestBillTogether(BillingCommon):
    """One invoice for all done jobs of a client; each job's file counts its own lines."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site_2 = cls.env["fsm.location"].create(
            {"name": "Warehouse", "owner_id": cls.client_partner.id, "street": "9 Long Street"}
        )
        cls.first = cls._create_done_job(2, cls.start)
        cls.second = cls._create_done_job(3, cls.start - DAY, location_id=cls.site_2.id)

    @classmethod
    def _create_done_job(cls, hours, start, **vals):
        job = cls._create_hourly_job(hours=float(hours), **vals)
        cls._work(job, hours, start)
        job.action_complete()
        job.date_end = start
        return job

    def _open(self, jobs=None, user=None):
        jobs = (jobs if jobs is not None else self.env["fsm.order"]).with_user(
            user or self.user_biller
        )
        action = jobs.action_bill_together()
        wizards = self.env["sercom.bill.together"].with_user(user or self.user_biller)
        return Form(wizards.with_context(**action["context"]))

    def _bill_jobs(self, jobs):
        """Bill these jobs with the dialog: ``(invoices, what is told)``."""
        known = self.env["account.move"].search([])
        with self._open(jobs) as form:
            pass
        told = form.record.action_bill()
        return self.env["account.move"].search([]) - known, told

    def test_one_invoice_with_a_section_for_each_job(self):
        moves, action = self._bill_jobs(self.first | self.second)
        self.assertEqual(len(moves), 1)
        self.assertEqual(action["res_id"], moves.id)
        self.assertEqual(moves.amount_untaxed, 600.0)
        self.assertEqual(moves.partner_id, self.client_partner)
        lines = moves.invoice_line_ids.sorted(lambda line: (line.sequence, line.id))
        self.assertEqual(
            [(line.display_type, line.fsm_order_id.id) for line in lines],
            [
                ("line_section", False),
                ("product", self.second.id),
                ("line_section", False),
                ("product", self.first.id),
            ],
        )
        self.assertIn(self.second.name, lines[0].name)
        self.assertIn("Warehouse", lines[0].name)
        for job in self.first | self.second:
            self._assert_left(job, 0.0)
        moves.action_post()
        credit = self._credit(moves)
        self.assertEqual(credit.shared_file_ids, moves.shared_file_ids)
        self._assert_left(self.first, 2.0)
        self._assert_left(self.second, 3.0)

    def test_who_bills_credits_it_and_makes_it_again(self):
        move, _told = self._bill_jobs(self.first | self.second)
        move.action_post()
        for is_modify in (False, True):
            with self.subTest(is_modify=is_modify), self.cr.savepoint() as savepoint:
                Wizard = (
                    self.env["account.move.reversal"]
                    .with_user(self.user_biller)
                    .with_context(active_model="account.move", active_ids=move.ids)
                )
                wizard = Form(Wizard).save()
                wizard.reverse_moves(is_modify=is_modify)
                made = wizard.new_move_ids | move.reversal_move_ids
                self.assertEqual(len(made), 2 if is_modify else 1)
                for one in made:
                    self.assertEqual(one.sudo().shared_file_ids, move.shared_file_ids)
                savepoint.rollback()
                self.env.invalidate_all()
        with self.assertRaises(AccessError):
            move.with_user(self.user_biller).write({"shared_file_ids": [Command.clear()]})
        with self.assertRaises(AccessError):
            self.env["account.move"].with_user(self.user_biller).create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.client_partner.id,
                    "shared_file_ids": [Command.set(move.shared_file_ids.ids)],
                }
            )

    def test_each_file_counts_its_own_lines(self):
        files = self.first.service_file_id, self.second.service_file_id
        self.assertEqual(len(files[0] | files[1]), 2)
        move, _told = self._bill_jobs(self.first | self.second)
        self.assertEqual(move.shared_file_ids, files[0] | files[1])
        self.assertEqual(move.service_file_id, files[1], "Found where service invoices are.")
        self.assertEqual([file.state for file in files], ["to_invoice"] * 2)
        move.action_post()
        self.assertEqual([file.state for file in files], ["invoiced"] * 2)
        for file, job in zip(files, (self.first, self.second), strict=True):
            own = job.invoice_lines.filtered(lambda line: line.move_id == move).price_total
            self.assertRecordValues(
                file, [{"amount_invoiced": own, "amount_due": own, "invoice_count": 1}]
            )
            self.assertEqual(file._get_bills(), move)
            kinds = [entry["kind"] for entry in file.with_user(self.user_biller).timeline]
            self.assertIn("invoice", kinds)
        paid = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"amount": move.amount_total / 2})
        )
        paid.action_create_payments()
        for file in files:
            self.assertAlmostEqual(file.amount_due, file.amount_invoiced / 2, 1)
        rest = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        rest.create({}).action_create_payments()
        self.assertEqual([file.state for file in files], ["paid"] * 2)
        self.assertEqual([file.amount_due for file in files], [0.0] * 2)

    def test_files_that_are_merged_keep_their_invoices(self):
        move, _told = self._bill_jobs(self.first | self.second)
        move.action_post()
        kept, other = self.first.service_file_id, self.second.service_file_id
        (kept | other)._merge_into(kept)
        self.assertEqual(move.shared_file_ids, kept)
        self.assertEqual(kept.amount_invoiced, move.amount_total)

    def test_a_client_and_a_period(self):
        other = self._create_done_job(1, self.start - 2 * DAY)
        form = self._open()
        form.partner_id = self.client_partner
        form.date_from = (self.start - DAY).date()
        form.date_to = self.start.date()
        found = self.env["fsm.order"].browse(form.fsm_order_ids.ids)
        self.assertEqual(found & (self.first | self.second | other), self.first | self.second)
        self.assertEqual(form.client_count, 1)

    def test_two_clients_get_two_invoices(self):
        client = self.env["res.partner"].create({"name": "Paul Roy"})
        other = self._create_done_job(1, self.start - 2 * DAY)
        other.sale_id.partner_invoice_id = client
        moves, _told = self._bill_jobs(self.first | self.second | other)
        self.assertEqual(set(moves.mapped("partner_id.name")), {"Marie Tremblay", "Paul Roy"})
        self.assertEqual(sorted(moves.mapped("amount_untaxed")), [120.0, 600.0])

    def test_two_currencies_two_invoices(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["product.pricelist"].create({"name": "Abroad", "currency_id": euro.id})
        self.second.sale_id.currency_id = euro
        moves, _told = self._bill_jobs(self.first | self.second)
        self.assertEqual(len(moves), 2)
        self.assertEqual(moves.currency_id, euro | self.company.currency_id)

    def test_one_failure_does_not_stop_the_rest(self):
        third = self._create_done_job(1, self.start - 2 * DAY)
        self.second.sale_line_ids.price_unit = 0.0
        moves, told = self._bill_jobs(self.first | self.second | third)
        self.assertEqual(moves.amount_untaxed, 360.0)
        self.assertIn(self.second.name, told["params"]["message"])
        self.assertIn("no price", told["params"]["message"])
        self.assertEqual(told["params"]["next"]["res_id"], moves.id)
        self._assert_left(self.second, 3.0)
        self._assert_left(third, 0.0)

    def test_what_has_a_draft_keeps_it(self):
        draft = self._bill(self.first)
        moves, told = self._bill_jobs(self.first | self.second)
        self.assertEqual(moves.amount_untaxed, 360.0)
        self.assertEqual(told["domain"], [("id", "in", (draft | moves).ids)])
        again, _told = self._bill_jobs(self.first | self.second)
        self.assertFalse(again, "Nothing twice.")

    def test_a_deposit_is_deducted_at_the_end(self):
        wizard = self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=self.first.sale_id.ids
        )
        wizard.create({"advance_payment_method": "fixed", "fixed_amount": 100.0}).create_invoices()
        self.first.sale_id.invoice_ids.action_post()
        move, _told = self._bill_jobs(self.first | self.second)
        self.assertEqual(move.amount_untaxed, 500.0)
        last = move.invoice_line_ids.sorted(lambda line: (line.sequence, line.id))[-1]
        self.assertTrue(last.sale_line_ids.is_downpayment)

    def test_nothing_is_to_bill(self):
        with self.assertRaises(UserError):
            self._bill_jobs(self.env["fsm.order"])

    def test_who_bills(self):
        for user in (self.user_dispatcher, self.user_technician):
            with self.assertRaises(AccessError):
                self.first.with_user(user).action_bill_together()

    def test_the_print_has_the_sections(self):
        move, _told = self._bill_jobs(self.first | self.second)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "account.report_invoice", move.ids
        )
        page = html.decode()
        self.assertNotIn('name="billed_job"', page)
        for title in (self.first | self.second)._get_section_titles(self.client_partner).values():
            self.assertIn(title, page)
        alone = self._create_done_job(1, self.start - 3 * DAY)
        self.assertEqual(len(self._bill_jobs(alone)[0].invoice_line_ids), 1)
