from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import DAY, BillingCommon


@tagged("post_install", "-at_install")
class TestLeftToBill(BillingCommon):
    """What billing leaves out is said at once, and approval of it asked for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hourly = cls._create_hourly_job(hours=3.0)
        cls._assign(cls.hourly, start=cls.start + DAY)
        cls.own = cls.hourly.with_user(cls.user_biller)

    def test_hours_that_are_not_approved_are_named(self):
        self._work(self.hourly, 2)
        self._work(self.hourly, 1, start=self.start + DAY, approve=False)
        action = self.own.action_convert_to_invoice()
        self.assertEqual(action["params"]["type"], "warning")
        self.assertIn(f"{self.hourly.name}: 01:00 h are not approved", action["params"]["message"])
        shown = action["params"]["next"]
        self.assertEqual(shown["res_id"], self.hourly.invoice_ids.id)
        self.assertEqual(self.hourly.invoice_ids.amount_untaxed, 240.0)

    def test_a_draft_that_was_made_before_takes_nothing_silently(self):
        self._work(self.hourly, 2)
        self.assertEqual(self.own.action_convert_to_invoice()["res_model"], "account.move")
        self._work(self.hourly, 1, start=self.start + DAY)
        action = self.own.action_convert_to_invoice()
        self.assertRegex(action["params"]["message"], "120.00.* more is to bill")
        draft = self.env["account.move"].browse(action["params"]["next"]["res_id"])
        self.assertEqual(draft, self.hourly.invoice_ids)
        draft.action_post()
        action = self.own.action_convert_to_invoice()
        self.assertEqual(action["res_model"], "account.move")
        amounts = self.hourly.invoice_ids.mapped("amount_untaxed")
        self.assertEqual(sorted(amounts), [120.0, 240.0])

    def test_hours_of_a_fixed_price_hold_up_nothing(self):
        self._work(self.job, 2, approve=False)
        self.job.action_complete()
        action = self.job.with_user(self.user_biller).action_convert_to_invoice()
        self.assertEqual(action["res_model"], "account.move")

    def test_approval_is_asked_for_once(self):
        self._work(self.hourly, 2, approve=False)
        for _time in range(2):
            self.own.action_ask_approval()
        activity = self.hourly.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.note, "<p>02:00 h</p>")
        self.hourly.timesheet_ids.action_approve()
        with self.assertRaisesRegex(UserError, "are approved"):
            self.own.action_ask_approval()

    def test_a_deposit_is_deducted_or_given_back(self):
        self._ask_deposit(self.hourly.sale_id).action_post()
        self._work(self.hourly, 2)
        self._complete(self.hourly)
        reasons = self.hourly.billing_difference.split("; ")
        self.assertEqual(reasons[:2], ["to bill", "deposit to deduct"])
        self.hourly.timesheet_ids.action_reset_to_draft()
        self.env.invalidate_all()
        self.assertIn("deposit to give back", self.hourly.billing_difference)

    def test_the_list_says_what_it_is_worth(self):
        self._work(self.hourly, 2)
        self._complete(self.hourly)
        view = self.env.ref("sercom_billing.fsm_order_view_list_ready")
        arch = self.own.get_view(view.id, "list")["arch"]
        self.assertIn('name="amount_to_bill"', arch)
        self.assertEqual(self.own.amount_to_bill, 240.0)
