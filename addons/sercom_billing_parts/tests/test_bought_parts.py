from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.sercom_parts.tests.common import SercomPartsCommon


@tagged("post_install", "-at_install")
class TestBoughtParts(SercomPartsCommon):
    """A part that was bought for a job and is not on its lines waits for one decision."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_biller = cls._create_user(
            "sercom_biller",
            "account.group_account_invoice,fieldservice.group_fsm_user,"
            "sales_team.group_sale_salesman_all_leads",
        )
        cls.bought = cls._create_job()
        cls._buy(cls.bought, 3)
        cls.bought.action_complete()

    @classmethod
    def _buy(cls, job, quantity, part=None):
        order = cls.env["purchase.order"].create(
            {
                "partner_id": cls.vendor.id,
                "fsm_order_id": job.id,
                "order_line": [
                    (
                        0,
                        0,
                        {"product_id": (part or cls.part).id, "product_qty": quantity},
                    )
                ],
            }
        )
        cls._receive(order)
        return order

    def _find(self, jobs):
        self.env.flush_all()
        self.env.invalidate_all()
        return jobs.search([("id", "in", jobs.ids), ("is_ready_to_bill", "=", True)])

    def _decide(self, jobs, fate, reason=False, user=None):
        action = jobs.with_user(user or self.user_biller).action_decide_parts()
        Wizard = self.env["sercom.parts.decision"].with_user(user or self.user_biller)
        with Form(Wizard.with_context(**action["context"])) as form:
            self.assertTrue(form.parts)
            form.fate = fate
            if reason:
                form.reason = reason
        form.record.action_apply()
        self.env.invalidate_all()

    def test_it_is_shown(self):
        self.assertEqual(self._find(self.bought), self.bought)
        self.assertTrue(self.bought.is_ready_to_bill)
        self.assertEqual(self.bought.billing_difference, "bought, not billed: 3 × Ball valve")

    def test_what_is_on_the_lines_is_not_shown(self):
        job = self._create_part_job(2)
        self._buy(job, 2)
        self._put(5)
        self._deliver(job)
        job.action_complete()
        self.assertNotIn("bought", job.billing_difference)
        more = self._create_part_job(2)
        self._buy(more, 5)
        more.action_complete()
        self.assertIn("bought, not billed: 3 × Ball valve", more.billing_difference)

    def test_it_is_billed(self):
        self._decide(self.bought, "billed")
        line = self.bought.sale_line_ids
        self.assertRecordValues(line, [{"product_uom_qty": 3.0, "price_unit": 40.0}])
        self.assertNotIn("bought", self.bought.billing_difference)
        self.assertEqual(self._find(self.bought), self.bought, "To bill, or to deliver.")

    def test_it_is_not_billed_and_why(self):
        self._decide(self.bought, "absorbed", "In the price of the tank")
        self.assertFalse(self._find(self.bought))
        self.assertFalse(self.bought.is_ready_to_bill)
        self.assertFalse(self.bought.sale_line_ids)
        self.assertRecordValues(
            self.bought.purchase_line_ids,
            [{"unbilled_quantity": 3.0, "unbilled_fate": "absorbed"}],
        )
        self.assertIn("In the price of the tank", self.bought.message_ids[0].body)
        self.assertEqual(self.bought.message_ids[0].author_id, self.user_biller.partner_id)
        self._buy(self.bought, 1)
        self.assertEqual(self.bought.billing_difference, "bought, not billed: 1 × Ball valve")

    def test_a_reason_is_given(self):
        wizard = self.env["sercom.parts.decision"].create(
            {"fsm_order_ids": self.bought.ids, "fate": "warranty", "reason": " "}
        )
        with self.assertRaises(UserError):
            wizard.action_apply()

    def test_a_part_that_waits_to_be_delivered_is_shown(self):
        self.part.invoice_policy = "delivery"
        job = self._create_part_job(2)
        job.action_complete()
        self.assertEqual(self._find(job), job)
        self.assertEqual(job.billing_difference, "not delivered: Ball valve")
        self._put(5)
        self._deliver(job)
        self.env.invalidate_all()
        self.assertEqual(job.billing_difference, "to bill")

    def test_who_decides(self):
        for user in (self.user_dispatcher, self.user_technician):
            with self.assertRaises(AccessError):
                self.bought.with_user(user).action_decide_parts()
            with self.assertRaises(AccessError):
                self.env["sercom.parts.decision"].with_user(user).create(
                    {"fsm_order_ids": self.bought.ids}
                )
        with self.assertRaises(AccessError):
            self.bought.purchase_line_ids.with_user(self.user_buyer).unbilled_quantity = 3.0

    def test_many_jobs_cost_as_many_queries_as_few(self):
        jobs = self.env["fsm.order"].concat(*(self._create_job() for _n in range(6)))
        for job in jobs:
            self._buy(job, 1)
        jobs.action_complete()

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records.mapped("billing_difference")
            return self.cr.sql_log_count - before

        count(jobs)
        self.assertEqual(count(jobs), count(jobs[:2]))
