from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from ..common import DAY, HOUR, BillingCommon

MINUTE = HOUR / 60


@tagged("post_install", "-at_install")
class TestBillableHours(BillingCommon):
    """The company's minimum and increment, on the lines of the hours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.billing_increment = 15
        cls.hourly = cls._create_hourly_job()
        cls.line = cls.hourly.sale_line_ids

    def _punch(self, minutes, start=None, employee=None):
        return self._work(self.hourly, minutes / 60, start, employee)

    def test_the_line_says_how_it_is_billed(self):
        hours = self._punch(127).timesheet_ids
        self.assertAlmostEqual(hours.unit_amount, 127 / 60, 4)
        self.assertEqual(hours.billable_hours, 2.25)
        self.assertEqual(hours.billing_note, "02:07 → 02:15: 15 min, up")
        self.assertEqual(self.line.qty_delivered, 2.25)
        self._assert_left(self.hourly, 2.25)
        move = self._bill(self.hourly, post=True)
        self.assertEqual(move.invoice_line_ids.quantity, 2.25)
        self._assert_left(self.hourly, 0.0)
        self.assertAlmostEqual(hours.amount, -127 / 60 * 40.0, 2, "Cost is of the true hours.")

    def test_a_person_s_day_is_summed_first(self):
        self.company.billing_scope = "day"
        first = self._punch(20)
        second = self._punch(20, self.start + 2 * HOUR)
        other = self._punch(20, self.start + 4 * HOUR, self.anne)
        self.assertEqual(sum((first | second).timesheet_ids.mapped("billable_hours")), 0.75)
        self.assertEqual(other.timesheet_ids.billable_hours, 0.5)
        second.check_out = second.check_in + 30 * MINUTE
        self.assertEqual(sum((first | second).timesheet_ids.mapped("billable_hours")), 1.0)
        second.timesheet_ids.action_approve()
        self._assert_left(self.hourly, 1.5)
        second.timesheet_ids.action_reset_to_draft()
        second.unlink()
        self._assert_left(self.hourly, 1.0)

    def test_what_is_billed_stays_when_the_day_goes_on(self):
        self.company.write({"billing_scope": "day", "billing_minimum": 1.0})
        first = self._punch(10)
        self._assert_left(self.hourly, 1.0)
        self._bill(self.hourly, post=True)
        second = self._punch(30, self.start + 2 * HOUR)
        self.assertEqual(first.timesheet_ids.billable_hours, 1.0)
        self.assertEqual(second.timesheet_ids.billable_hours, 0.0, "Within the minimum.")
        self._punch(40, self.start + 4 * HOUR)
        self._assert_left(self.hourly, 0.5)

    def test_the_whole_job_has_one_minimum(self):
        self.company.write({"billing_scope": "job", "billing_minimum": 2.0})
        self._punch(20)
        self._punch(20, self.start - DAY, self.anne)
        self._assert_left(self.hourly, 2.0)

    def test_an_adjustment_gives_back_what_was_billed_for_it(self):
        entry = self._punch(127)
        self._bill(self.hourly, post=True)
        entry.check_out = entry.check_in + 110 * MINUTE
        entry.timesheet_ids.filtered("is_adjustment").action_approve()
        self._assert_left(self.hourly, -0.25)

    def test_another_rule_leaves_what_is_billed(self):
        entry = self._punch(127)
        self._bill(self.hourly, post=True)
        self.company.billing_increment = 60
        hours = entry.timesheet_ids
        self.env.add_to_compute(hours._fields["billable_hours"], hours)
        self.assertEqual(entry.timesheet_ids.billable_hours, 2.25)
        self._assert_left(self.hourly, 0.0)

    def test_a_client_has_a_rule_of_their_own(self):
        """What is agreed with a client counts for all their sites, in that company."""
        client = self.client_partner
        with Form(client.with_user(self.user_biller)) as form:
            form.has_billing_rule = True
            form.agreed_increment = 6
            form.agreed_grace = 2
            form.agreed_minimum = 0.5
        self.assertEqual(self._punch(20).timesheet_ids.billable_hours, 0.5)
        hours = self._punch(127, self.start - DAY).timesheet_ids
        self.assertEqual(hours.billable_hours, 2.1)
        self.assertEqual(
            hours.billing_note,
            "02:07 → 02:06: 6 min, nearest or within the grace, as agreed with the client",
        )
        branch = self.env["res.partner"].create({"name": "Branch", "parent_id": client.id})
        self.hourly.sale_id.partner_id = branch
        self.assertEqual(self.hourly.partner_id, branch)
        self.assertEqual(self._punch(127, self.start - 2 * DAY).timesheet_ids.billable_hours, 2.1)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.assertIsNone(client.with_company(elsewhere)._get_agreed_rounding())
        with self.assertRaises(AccessError):
            client.with_user(self.user_dispatcher).has_billing_rule = False

    def test_a_client_who_is_not_rounded(self):
        self.client_partner.has_billing_rule = True
        hours = self._punch(127).timesheet_ids
        self.assertAlmostEqual(hours.billable_hours, 127 / 60, 4)
        self.assertFalse(hours.billing_note)
        self.client_partner.has_billing_rule = False
        self.assertEqual(self._punch(127, self.start - DAY).timesheet_ids.billable_hours, 2.25)

    def test_no_rule_is_below_zero(self):
        for name in ("agreed_increment", "agreed_grace", "agreed_minimum"):
            with self.subTest(name), self.assertRaises(ValidationError), self.cr.savepoint():
                self.client_partner.write({"has_billing_rule": True, name: -1})
