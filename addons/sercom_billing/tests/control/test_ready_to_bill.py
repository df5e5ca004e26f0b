from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..common import DAY, HOUR, BillingCommon


@tagged("post_install", "-at_install")
class TestReadyToBill(BillingCommon):
    """Every job with something to decide, why, and the decision."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hourly = cls._create_hourly_job(hours=3.0)
        cls.entry = cls._work(cls.hourly, 4)
        cls._complete(cls.hourly)

    def _find(self, jobs):
        action = self.env.ref("sercom_billing.sercom_billing_action_ready")
        return self.env["fsm.order"].search([("id", "in", jobs.ids), *safe_eval(action.domain)])

    def _decide(self, jobs, fate, reason="Goodwill", user=None):
        action = jobs.action_decide_hours()
        Wizard = self.env["sercom.billing.decision"].with_context(**action["context"])
        wizard = Form(Wizard.with_user(user or self.user_biller))
        wizard.fate = fate
        wizard.reason = reason
        wizard.save().action_apply()

    def _create_fixed_job(self):
        job = self._create_job()
        product = self._create_product(
            name="Installation",
            type="service",
            service_policy="ordered_prepaid",
            uom_id=self.env.ref("uom.product_uom_hour").id,
            list_price=100.0,
        )
        self.env["sale.order.line"].create(
            {
                "order_id": job.sale_id.id,
                "fsm_order_id": job.id,
                "product_id": product.id,
                "product_uom_qty": 3.0,
            }
        )
        return job

    def test_headings_are_told_apart_by_what_is_seen_of_them(self):
        """A column of hours shows some eight letters; “Heures f…” was two of them."""
        self.env["res.lang"]._activate_lang("fr_CA")
        action = self.env.ref("sercom_billing.sercom_billing_action_ready")
        view = next(view for view, kind in action.views if kind == "list")
        for lang in ("en_US", "fr_CA"):
            Jobs = self.env["fsm.order"].with_user(self.user_biller).with_context(lang=lang)
            answer = Jobs.get_views([(view, "list")])
            labels = answer["models"]["fsm.order"]["fields"]
            seen = [
                (node.get("string") or labels[node.get("name")]["string"])[:8]
                for node in etree.fromstring(answer["views"]["list"]["arch"]).iter("field")
                if node.get("widget") == "float_time" and node.get("optional") != "hide"
            ]
            with self.subTest(lang):
                self.assertGreaterEqual(len(seen), 6)
                self.assertCountEqual(seen, set(seen))

    def test_all_of_the_reason_is_read(self):
        """A list cuts what is longer than its column, but for a text: three reasons are long."""
        view = self.env.ref("sercom_billing.fsm_order_view_list_ready")
        arch = self.env["fsm.order"].with_user(self.user_biller).get_views([(view.id, "list")])
        arch = etree.fromstring(arch["views"]["list"]["arch"])
        [reason] = arch.xpath("//field[@name='billing_difference']")
        self.assertIn("o_list_text", reason.get("class", "").split())
        self.assertFalse(reason.get("widget"))  # its own widget would leave the class out

    def test_a_job_says_why_it_is_there(self):
        self.assertEqual(self._find(self.hourly), self.hourly)
        self.assertRecordValues(
            self.hourly,
            [
                {
                    "billable_hours": 4.0,
                    "billed_hours": 0.0,
                    "hours_to_bill": 4.0,
                    "undecided_hours": 0.0,
                    "billing_difference": "to bill",
                }
            ],
        )
        self._bill(self.hourly, post=True)
        self.env.invalidate_all()
        self.assertFalse(self._find(self.hourly))
        self.assertFalse(self.hourly.is_ready_to_bill)
        self._work(self.hourly, 1, self.start - DAY, approve=False)
        self.env.invalidate_all()
        self.assertEqual(self.hourly.billing_difference, "01:00 h not approved")
        self.assertEqual(self._find(self.hourly), self.hourly)

    def test_what_is_to_bill_in_money(self):
        self.assertEqual(self.hourly.amount_to_bill, 480.0)
        self.hourly.sale_line_ids.product_uom_qty = 0.0
        self.assertEqual(self.hourly.amount_to_bill, 480.0)
        self._bill(self.hourly, post=True)
        self.assertEqual(self.hourly.amount_to_bill, 0.0)

    def test_what_to_know_of_a_job_before_it_is_billed(self):
        self.hourly.signature_rule = "yes"
        self.assertEqual(self.hourly.billing_difference, "to bill; not signed")
        self.hourly.sla_status = "missed"
        self.assertEqual(
            self.hourly.billing_difference, "to bill; not signed; service level missed"
        )
        self._bill(self.hourly, post=True)
        self.env.invalidate_all()
        self.assertFalse(self.hourly.is_ready_to_bill, "Nothing waits for it.")

    def test_written_off_hours_are_never_billed(self):
        self._decide(self.hourly, "written_off")
        self._assert_left(self.hourly, 0.0)
        self.assertEqual(self.entry.timesheet_ids.waived_hours, 4.0)
        self.assertFalse(self._find(self.hourly))
        entry = self.env["sercom.billing.entry"].search([("fsm_order_id", "=", self.hourly.id)])
        self.assertRecordValues(
            entry,
            [
                {
                    "fate": "written_off",
                    "quantity": 4.0,
                    "reason": "Goodwill",
                    "user_id": self.user_biller.id,
                }
            ],
        )
        self._decide(self.hourly, "back")
        self._assert_left(self.hourly, 4.0)

    def test_what_was_sold_and_has_no_hours_is_refused_by_name(self):
        job = self._create_fixed_job()
        job.action_complete()
        with self.assertRaisesRegex(UserError, f"{job.name} was sold.*Installation"):
            self._decide(job, "absorbed")
        self._bill(job, post=True)
        with self.assertRaisesRegex(UserError, f"{job.name} has no approved hours"):
            self._decide(self.hourly | job, "absorbed")
        self._assert_left(self.hourly, 4.0, "All or none.")

    def test_no_more_than_sold(self):
        self.hourly.with_user(self.user_biller).action_align_to_sold()
        self._assert_left(self.hourly, 3.0)
        self.assertEqual(self._bill(self.hourly, post=True).amount_untaxed, 360.0)
        self.hourly.with_user(self.user_biller).action_align_to_sold()
        self._assert_left(self.hourly, 0.0)

    def test_waived_hours_that_are_corrected_owe_nothing(self):
        self._decide(self.hourly, "warranty")
        self.entry.check_out = self.start + 3 * HOUR
        self.entry.timesheet_ids.filtered("is_adjustment").action_approve()
        self._assert_left(self.hourly, 0.0)

    def test_the_fourth_hour_of_a_fixed_price_is_decided_once(self):
        job = self._create_fixed_job()
        self._work(job, 4, self.start - DAY)
        self._complete(job)
        self._bill(job, post=True)
        self.env.invalidate_all()
        self.assertEqual(job.undecided_hours, 1.0)
        self.assertEqual(job.billing_difference, "01:00 h over the sold ones")
        self.assertEqual(self._find(job), job)
        self._decide(job, "absorbed")
        self.env.invalidate_all()
        self.assertEqual(job.undecided_hours, 0.0)
        self.assertFalse(self._find(job))
        self.assertEqual(job.sale_line_ids.qty_to_invoice, 0.0)
        self._assert_ledger(job)

    def test_who_decides(self):
        with self.assertRaises(UserError):
            self._decide(self.hourly, "written_off", reason=" ")
        for user in (self.user_dispatcher, self.user_technician):
            with self.assertRaises(AccessError):
                self.hourly.with_user(user).action_align_to_sold()
            with self.assertRaises(AccessError):
                self.env["sercom.billing.decision"].with_user(user).create({"reason": "x"})

    def test_who_does_not_read_it_does_not_search_it(self):
        dispatcher = self._create_user("sercom_planner", "fieldservice.group_fsm_dispatcher")
        jobs = self.env["fsm.order"].with_user(dispatcher)
        with self.assertRaises(AccessError):
            jobs.search([("is_ready_to_bill", "=", True)])
        self.assertTrue(self._find(self.hourly))

    def test_who_only_reads_a_job_does_not_align_it(self):
        """Somebody who bills and sells, and has no part in field service."""
        seller = self._create_user(
            "sercom_seller", "account.group_account_invoice,sales_team.group_sale_salesman"
        )
        job = self.hourly.with_user(seller)
        self.assertTrue(job.has_access("read"))
        self.assertFalse(job.has_access("write"))
        for align in (job.action_align_to_sold, job.action_align_to_actual):
            with self.assertRaises(AccessError):
                align()
        self._assert_left(self.hourly, 4.0)
        self.assertEqual(self.entry.timesheet_ids.waived_hours, 0.0)

    def test_the_screen_opens(self):
        view = self.env.ref("sercom_billing.fsm_order_view_list_ready")
        jobs = self.env["fsm.order"].with_user(self.user_biller)
        names = jobs.get_views([(view.id, "list")])["models"]["fsm.order"]["fields"]
        self.hourly.with_user(self.user_biller).web_read({name: {} for name in names})

    def test_many_jobs_cost_as_many_queries_as_few(self):
        jobs = self.env["fsm.order"].concat(*(self._create_hourly_job() for _n in range(6)))
        for number, job in enumerate(jobs):
            self._work(job, 1, self.start - (number + 2) * DAY)

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records.mapped("billing_difference")
            return self.cr.sql_log_count - before

        count(jobs)
        self.assertEqual(count(jobs), count(jobs[:2]))
