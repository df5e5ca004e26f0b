from odoo.tests import tagged

from .quebec import QuebecCommon


@tagged("post_install", "-at_install")
class TestWorkflowJob(QuebecCommon):
    """A price is agreed over the phone: from the job to the reconciled payment."""

    def take_job(self):
        """Job of the dispatcher, with what was sold over the phone from the catalog."""
        job = self.by("dispatcher", self.env["fsm.order"]).create(
            {
                "location_id": self.firm_site.id,
                "partner_id": self.contact.id,
                "description": "<p>Unclog the main drain.</p>",
                "todo": "<p>Bring the long snake.</p>",
                "request_early": self.early,
                "request_late": self.late,
            }
        )
        for product, quantity in zip(self.products, (3.0, 1.0, 2.0), strict=True):
            job._update_order_line_info(product.id, quantity)
        return job.sudo(False)

    def test_job_invoice(self):
        with self.at("2026-11-02 14:00"):
            job = self.take_job()
        file, order = job.service_file_id, job.sale_id
        self.assertRecordValues(
            order,
            [
                {
                    "state": "sale",
                    "service_file_id": file.id,
                    "partner_id": self.contact.id,
                    "fsm_location_id": self.firm_site.id,
                    "request_early": self.early,
                    "request_late": self.late,
                }
            ],
        )
        self.assertIn("Unclog the main drain", order.scope)
        self.assertIn("long snake", order.service_notes)
        self.assertEqual(job.sold_hours, 3.0)
        self.assert_taxes(order, 475.0, 23.75, 47.38)
        self.assert_file(file, "sold", quoted=546.13, sold=546.13)
        self.do_job(job, "2026-11-04 14:00", "2026-11-04 16:30")
        self.assert_file(file, "to_invoice", quoted=592.12, sold=592.12)
        with self.at("2026-11-04 17:00"):
            move = self.post(self.convert("accountant", job, "invoice"))
        self.assertEqual((move.service_file_id, move.fsm_order_ids), (file, job))
        self.assertEqual(move.invoice_line_ids.fsm_order_id, job)
        self.assert_taxes(move, 515.0, 25.75, 51.37)
        with self.at("2026-11-04 18:00"):
            self.reconcile(self.pay(move))
        self.assertEqual(move.payment_state, "paid")
        self.assert_file(file, "paid", quoted=592.12, sold=592.12, invoiced=592.12, paid=592.12)
        self.assertEqual(len(file.sale_order_ids), 1)
        self.assertEqual(self.convert("accountant", job, "invoice"), move)
        kinds = [entry["kind"] for entry in self.by("manager", file).timeline]
        self.assertEqual(kinds[-3:], ["photo", "invoice", "payment"])

    def test_job_quote_of_another_issue_job_invoice(self):
        with self.at("2026-11-02 14:00"):
            first = self.take_job()
        file = first.service_file_id
        self.do_job(first, "2026-11-04 14:00", "2026-11-04 16:30")
        with self.at("2026-11-04 17:00"):
            quote = self.convert("estimator", first, "quote")
        self.assertRecordValues(
            quote,
            [
                {
                    "state": "draft",
                    "service_file_id": file.id,
                    "origin_fsm_order_id": first.id,
                    "partner_id": self.contact.id,
                    "fsm_location_id": self.firm_site.id,
                    "order_line": [],
                }
            ],
        )
        self.assertIn("Pressure", quote.measurement_ids.mapped("name"))
        self.assertIn("Done", quote.photo_ids.mapped("name"))
        with self.at("2026-11-05 14:00"):
            self.by("estimator", quote).order_line = [self._line(self.product_hour, 2.0)]
            self.assert_taxes(quote, 220.0, 11.0, 21.95)
            self.assert_file(file, "to_invoice", quoted=592.12 + 252.95, sold=592.12)
            second = self.convert("dispatcher", quote, "job")
        self.assertNotEqual(second, first)
        self.assertEqual((second.sale_id, second.service_file_id), (quote, file))
        self.assertEqual((second.sold_hours, first.sold_hours), (2.0, 3.0))
        self.do_job(second, "2026-11-06 14:00", "2026-11-06 16:00")
        with self.at("2026-11-06 20:00"):
            moves = self.convert("accountant", first, "invoice")
            moves |= self.convert("accountant", second, "invoice")
            self.post(moves)
        self.assertEqual([move.fsm_order_ids for move in moves], [first, second])
        self.assertEqual(moves.service_file_id, file)
        self.assert_taxes(moves[0], 515.0, 25.75, 51.37)
        self.assert_taxes(moves[1], 260.0, 13.0, 25.94)
        total = 592.12 + 298.94
        self.assert_file(file, "invoiced", quoted=total, sold=total, invoiced=total)
        with self.at("2026-11-10 15:00"):
            self.reconcile(self.pay(moves[0]))
            self.assert_file(
                file, "invoiced", quoted=total, sold=total, invoiced=total, paid=592.12
            )
            self.reconcile(self.pay(moves[1]))
        self.assertEqual(moves.mapped("payment_state"), ["paid", "paid"])
        self.assert_file(file, "paid", quoted=total, sold=total, invoiced=total, paid=total)
        self.assertEqual(file.fsm_order_ids, first | second)
