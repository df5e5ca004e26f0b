from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestMassCancel(SercomJobsCommon):
    """Odoo's *Cancel* of the list of orders asks what the order's own button asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reason = cls.env.ref("sercom_jobs.sercom_job_cancel_reason_price")
        cls.jobs = cls._create_billable_job() | cls._create_billable_job()
        cls.quote = cls._create_quote()
        cls.orders = cls.jobs.sale_id | cls.quote

    def _press(self, orders, user):
        wizard = self.env["sale.mass.cancel.orders"].with_user(user)
        wizard = wizard.with_context(active_model="sale.order", active_ids=orders.ids)
        return Form(wizard).save().action_mass_cancel()

    def test_orders_with_jobs_are_asked_about(self):
        user = self.user_dispatcher
        action = self._press(self.orders, user)
        self.assertEqual((action["res_model"], action["target"]), ("sercom.job.cancel", "new"))
        self.assertEqual(set(self.jobs.mapped("state")), {"to_plan"})
        self.assertNotIn("cancel", self.orders.mapped("state"))
        dialog = self.env["sercom.job.cancel"].with_user(user).browse(action["res_id"])
        with Form(dialog) as form:
            form.reason_id = self.reason
        dialog.action_cancel()
        self.assertEqual(set(self.orders.mapped("state")), {"cancel"})
        self.assertEqual(set(self.jobs.mapped("state")), {"cancelled"})
        self.assertEqual(self.jobs.cancel_reason_id, self.reason)

    def test_what_is_cancelled_already_is_left(self):
        self.quote._action_cancel()
        action = self._press(self.orders, self.user_dispatcher)
        dialog = self.env["sercom.job.cancel"].browse(action["res_id"])
        self.assertEqual(dialog.sale_order_ids, self.jobs.sale_id)

    def test_quotes_without_jobs_are_cancelled_at_once(self):
        others = self.quote | self._create_quote()
        self.assertFalse(self._press(others, self.user_salesman) or None)
        self.assertEqual(set(others.mapped("state")), {"cancel"})

    def test_who_may_not_cancel_jobs_is_told_which(self):
        first, second = self.jobs.sale_id.sorted()
        names = f"{first.name}, {second.name}|{second.name}, {first.name}"
        with self.assertRaisesRegex(UserError, names) as refused:
            self._press(self.orders, self.user_salesman)
        self.assertNotIn(self.quote.name, str(refused.exception))
        self.assertNotIn("cancel", self.orders.mapped("state"))
