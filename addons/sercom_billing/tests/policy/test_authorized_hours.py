from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..common import DAY, HOUR, BillingCommon


@tagged("post_install", "-at_install")
class TestAuthorizedHours(BillingCommon):
    """Hours over those that the client authorised are billed once they approve them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hourly = cls._create_hourly_job(hours=3.0)
        cls.line = cls.hourly.sale_line_ids
        cls.hourly.billing_policy = "capped"

    def _ask(self, user=None):
        action = self.hourly.with_user(user or self.env.user).action_upsell_extra_hours()
        return self.env["sale.order"].browse(action["res_id"])

    def _sign(self, order):
        """As the client's portal page does."""
        order.write({"signed_by": "Marie", "signed_on": fields.Datetime.now()})
        order.sudo()._validate_order()

    def test_hours_over_wait(self):
        entry = self._work(self.hourly, 4)
        self.assertEqual(self.hourly.authorized_hours, 3.0)
        self.assertRecordValues(
            entry.timesheet_ids, [{"billable_hours": 3.0, "unauthorized_hours": 1.0}]
        )
        self.assertEqual(entry.timesheet_ids.billing_note, "01:00 h not authorised")
        self.assertEqual(self.hourly.authorized_left_hours, -1.0)
        self._assert_left(self.hourly, 3.0)
        self._bill(self.hourly, post=True)
        self._assert_left(self.hourly, 0.0)
        self.hourly._follow_authorization()
        self.assertEqual(entry.timesheet_ids.billing_note, "01:00 h not authorised")
        self._complete(self.hourly)
        self.assertTrue(self.hourly.is_ready_to_bill)
        self.assertEqual(self.hourly.billing_difference, "01:00 h not authorised")
        found = self.env["fsm.order"].search(
            [("is_ready_to_bill", "=", True), ("id", "=", self.hourly.id)]
        )
        self.assertEqual(found, self.hourly)
        self.assertEqual(entry.timesheet_ids.unit_amount, 4.0)

    def test_a_signed_change_order_makes_them_billable_once(self):
        self._work(self.hourly, 4)
        self._bill(self.hourly, post=True)
        order = self._ask()
        self.assertRecordValues(
            order,
            [{"is_change_order": True, "require_signature": True, "state": "draft"}],
        )
        self.assertEqual(order.order_line.product_uom_qty, 1.0)
        self.assertEqual(order.order_line.price_unit, 120.0)
        self.assertEqual(self._ask(), order, "Asked twice, made once.")
        self._assert_left(self.hourly, 0.0)
        jobs = self.hourly.search_count([])
        self._sign(order)
        self.assertEqual(order.state, "sale")
        self.assertEqual(self.hourly.search_count([]), jobs)
        self.assertEqual(order.order_line.fsm_order_id, self.hourly)
        self.assertEqual(self.hourly.authorized_hours, 4.0)
        self.assertEqual(sum(self.hourly.sale_line_ids.mapped("qty_to_invoice")), 1.0)
        self.assertFalse(self.hourly.timesheet_ids.billing_note)
        move = self._bill(self.hourly, post=True)
        self.assertEqual(move.amount_untaxed, 120.0)
        self._assert_left(self.hourly, 0.0)
        self.assertFalse(order.order_line.qty_to_invoice)

    def test_nobody_confirms_it_for_the_client(self):
        self._work(self.hourly, 4)
        order = self._ask().with_user(self.user_biller)
        for confirm in (order.action_confirm, order.action_convert_to_invoice):
            with self.assertRaisesRegex(UserError, "spoken consent"), self.cr.savepoint():
                confirm()
        order.action_convert_to_job()
        self.assertEqual(order.state, "draft")
        self.assertEqual(self.hourly.authorized_hours, 3.0)

    def test_the_client_reads_it_in_their_language(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        self.line.product_id.with_context(lang="fr_CA").name = "Plombier"
        self.client_partner.lang = "fr_CA"
        self._work(self.hourly, 4)
        self.assertTrue(self._ask().order_line.name.startswith("Plombier"))

    def test_of_a_fixed_price_the_extra_is_billed_as_sold(self):
        self.hourly.billing_policy = "sold"
        self._work(self.hourly, 4)
        self._bill(self.hourly, post=True)
        order = self._ask()
        self._sign(order)
        self.hourly.action_convert_to_invoice()
        self.assertEqual(order.invoice_ids.amount_untaxed, 120.0)
        self.assertFalse(any(self.hourly.sale_line_ids.mapped("qty_to_invoice")))
        self._assert_ledger(self.hourly)

    def test_a_spoken_consent_is_recorded(self):
        self._work(self.hourly, 4)
        order = self._ask()
        action = order.action_record_consent()
        Wizard = self.env["sercom.spoken.consent"].with_context(**action["context"])
        with Form(Wizard.with_user(self.user_biller)) as form:
            form.name = "Marie Tremblay"
        wizard = form.save()
        wizard.moment = fields.Datetime.now() + DAY
        with self.assertRaises(UserError):
            wizard.action_apply()
        wizard.moment = fields.Datetime.to_datetime("1999-01-01")
        with self.assertRaisesRegex(UserError, "before"), self.cr.savepoint():
            wizard.action_apply()
        wizard.moment = moment = fields.Datetime.now().replace(microsecond=0) - HOUR
        wizard.action_apply()
        self.assertRecordValues(
            order,
            [
                {
                    "state": "sale",
                    "consent_name": "Marie Tremblay",
                    "consent_on": moment,
                    "consent_user_id": self.user_biller.id,
                }
            ],
        )
        self._assert_left(self.hourly, 4.0)
        with self.assertRaises(UserError):
            order.action_record_consent()

    def test_who_sells_does_not_agree_for_the_client(self):
        self._work(self.hourly, 4)
        order = self._ask(self.user_biller).with_user(self.user_biller)
        now = fields.Datetime.now()
        for vals in (
            {"signed_on": now},
            {"signed_by": "Marie"},
            {"state": "sale"},
            {"state": "sent", "signed_on": now, "signed_by": "Marie"},
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                order.write(vals)
        with self.assertRaises(UserError):
            order.action_confirm()
        self.assertFalse(order.signed_on)
        self.assertEqual(self.hourly.authorized_hours, 3.0)
        order._record_consent("Marie", now)
        self.assertEqual(self.hourly.authorized_hours, 4.0)

    def test_a_change_order_that_is_a_quote_again_is_agreed_to_anew(self):
        self._work(self.hourly, 4)
        order = self._ask(self.user_biller).with_user(self.user_biller)
        order._record_consent("Marie", fields.Datetime.now())
        for back in (order.action_draft, lambda: order.write({"state": "sent"})):
            order._action_cancel()
            back()
            self.assertFalse(order.consent_on or order.consent_name or order.consent_user_id)
            with self.assertRaises(UserError):
                order.action_confirm()
            with self.assertRaises(UserError), self.cr.savepoint():
                order.write({"state": "sale"})
            order._record_consent("Marie", fields.Datetime.now())

    def test_what_a_technician_adds_is_not_authorised(self):
        self._assign(self.hourly, start=self.start - 3 * DAY)
        self._work(self.hourly, 4)
        job = self.hourly.with_user(self.user_technician)
        job._update_order_line_info(self.line.product_id.id, 5.0)
        self.assertEqual(self.hourly.sold_hours, 5.0)
        self.assertEqual(self.hourly.authorized_hours, 3.0)
        self.assertEqual(sum(self.hourly.timesheet_ids.mapped("billable_hours")), 3.0)

    def test_the_office_does_not_raise_what_the_client_accepted(self):
        """Past what was accepted, a change order or a spoken consent is the only way."""
        order = self._create_quote(order_line=[self._line(self.line.product_id, 3.0)])
        order.action_confirm()
        job = self.env["fsm.order"].browse(order.action_convert_to_job()["res_id"])
        sold = order.order_line
        self.assertEqual(job.sale_line_ids, sold)
        job.billing_policy = "capped"
        self.assertEqual(job.authorized_hours, 3.0)
        line = sold.with_user(self.user_biller)
        day = self.env.ref("uom.product_uom_day")
        for vals in (
            {"product_uom_qty": 9.0},
            {"product_uom_qty": 2.0, "product_uom_id": day.id},
        ):
            line.write(vals)
            self.assertEqual(job.authorized_hours, 3.0)
        line.copy({"order_id": order.id, "fsm_order_id": job.id})
        self.assertEqual(job.authorized_hours, 3.0)
        line.write({"product_uom_qty": 2.0, "product_uom_id": self.line.product_uom_id.id})
        self.assertEqual(job.authorized_hours, 2.0, "Less may be sold.")
        line.product_uom_qty = 3.0
        self.assertEqual(job.authorized_hours, 3.0, "No more than was accepted.")
        with self.assertRaises(UserError), self.cr.savepoint():
            line.agreed_hours = 9.0

    def test_once_work_has_begun_a_job_s_lines_authorise_nothing_more(self):
        """A job without a quote: what the office noted with the client is what they accepted."""
        self.line.product_uom_qty = 4.0
        self.assertEqual(self.hourly.authorized_hours, 4.0)
        hours = self._work(self.hourly, 6).timesheet_ids
        self.line.with_user(self.user_biller).product_uom_qty = 6.0
        self.line.with_user(self.user_biller).copy(
            {"order_id": self.line.order_id.id, "fsm_order_id": self.hourly.id}
        )
        self.assertEqual(self.hourly.authorized_hours, 4.0)
        self.assertRecordValues(hours, [{"billable_hours": 4.0, "unauthorized_hours": 2.0}])
        order = self._ask()
        self.assertEqual(order.order_line.product_uom_qty, 2.0)
        order._record_consent("Marie", fields.Datetime.now())
        self.assertEqual(self.hourly.authorized_hours, 6.0)
        self.assertEqual(hours.billable_hours, 6.0)
        order.order_line.with_user(self.user_biller).product_uom_qty = 5.0
        self.assertEqual(self.hourly.authorized_hours, 6.0)

    def test_what_is_changed_once_it_is_signed_is_agreed_to_anew(self):
        self._work(self.hourly, 4)
        order = self._ask()
        order.write({"signed_by": "Marie", "signed_on": fields.Datetime.now()})
        for vals in ({"product_uom_qty": 8.0}, {"price_unit": 500.0}):
            order.order_line.with_user(self.user_biller).write(vals)
            self.assertFalse(order.signed_on)
            with self.assertRaisesRegex(UserError, "spoken consent"):
                order.action_confirm()
            order.write({"signed_by": "Marie", "signed_on": fields.Datetime.now()})

    def test_the_oldest_hours_are_served_first(self):
        late = self._work(self.hourly, 2)
        early = self._work(self.hourly, 2, self.start - DAY, self.anne)
        self.assertEqual(early.timesheet_ids.billable_hours, 2.0)
        self.assertEqual(late.timesheet_ids.billable_hours, 1.0)
        early.timesheet_ids.action_reset_to_draft()
        early.unlink()
        self.assertEqual(late.timesheet_ids.billable_hours, 2.0)
        self._assert_left(self.hourly, 2.0)

    def test_a_correction_owes_nothing_that_was_not_billed(self):
        entry = self._work(self.hourly, 4)
        self._bill(self.hourly, post=True)
        entry.check_out = self.start + 3 * HOUR
        entry.timesheet_ids.filtered("is_adjustment").action_approve()
        self._assert_left(self.hourly, 0.0)
        self.assertEqual(self.hourly.unauthorized_hours, 0.0)
        entry.check_out = self.start + 2 * HOUR
        entry.timesheet_ids.filtered("is_adjustment").action_approve()
        self._assert_left(self.hourly, -1.0)

    def test_a_limit_lowered_below_what_is_billed_credits_nothing(self):
        self._work(self.hourly, 3)
        self._bill(self.hourly, post=True)
        self.line.product_uom_qty = 2.0
        self._assert_left(self.hourly, 0.0)
        self._work(self.hourly, 1, self.start - DAY)
        self._assert_left(self.hourly, 0.0)

    def test_hours_over_are_decided_without_asking(self):
        self._work(self.hourly, 4)
        self._bill(self.hourly, post=True)
        self._complete(self.hourly)
        with self.assertRaises(UserError):
            self.hourly.action_align_to_actual()
        action = self.hourly.action_decide_hours()
        Wizard = self.env["sercom.billing.decision"].with_context(**action["context"])
        with Form(Wizard.with_user(self.user_biller)) as form:
            form.reason = "Goodwill"
        form.save().action_apply()
        self.assertEqual(self.hourly.unauthorized_hours, 0.0)
        self.assertFalse(self.hourly.is_ready_to_bill)
        self._assert_left(self.hourly, 0.0)

    def test_the_job_warns_before_its_limit(self):
        self._work(self.hourly, 2)
        self.assertFalse(self.hourly.authorization_warning)
        self._work(self.hourly, 0.5, self.start - DAY)
        self.assertIn("00:30 h are left", self.hourly.authorization_warning)
        self._work(self.hourly, 1, self.start - 2 * DAY)
        self.assertIn("00:30 h over", self.hourly.authorization_warning)

    def test_a_lost_change_order_authorises_nothing(self):
        self._work(self.hourly, 4)
        order = self._ask()
        self._sign(order)
        self._assert_left(self.hourly, 4.0)
        order._action_cancel()
        self.assertEqual(self.hourly.authorized_hours, 3.0)
        self._assert_left(self.hourly, 3.0)

    def test_rounded_hours_are_capped_too(self):
        self.company.billing_increment = 60
        entry = self._work(self.hourly, 3.5)
        self.assertRecordValues(
            entry.timesheet_ids, [{"billable_hours": 3.0, "unauthorized_hours": 1.0}]
        )
        self._sign(self._ask())
        self.assertEqual(entry.timesheet_ids.billable_hours, 4.0)

    def test_a_change_order_is_no_quote_for_another_issue(self):
        self._work(self.hourly, 4)
        order = self._ask()
        quote = self.hourly.action_convert_to_quote()
        self.assertNotEqual(quote["res_id"], order.id)
        self.assertEqual(self._ask(), order)

    def test_the_screens(self):
        self._work(self.hourly, 4)
        for user in (self.user_biller, self.user_dispatcher):
            with Form(self.hourly.with_user(user)) as form:
                self.assertTrue(form.authorization_warning)
        with Form(self._ask().with_user(self.user_biller)) as form:
            self.assertTrue(form.is_change_order)
