from odoo.tests import Form, new_test_user, tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install")
class TestPlainMeetings(SercomJobsCommon):
    """Meetings that plan nobody are Odoo's: whoever may meet makes, moves and deletes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales = new_test_user(cls.env, "sales", groups="sales_team.group_sale_salesman")

    def _try_life_of_a_meeting(self, user, **vals):
        Event = self.env["calendar.event"].with_user(user)
        Event = Event.with_context(**{f"default_{name}": value for name, value in vals.items()})
        with Form(Event) as form:
            form.name = "Talk"
            form.start = self.early
        event = form.record
        with Form(event) as form:
            form.duration = 3.0
        self.assertEqual(event.duration, 3.0)
        event.copy().action_archive()
        event.unlink()
        self.assertFalse(event.exists())

    def test_a_salesperson_meets_on_a_plain_lead(self):
        lead = self.env["crm.lead"].create({"name": "Plain", "user_id": self.sales.id})
        self._try_life_of_a_meeting(self.sales, opportunity_id=lead.id)

    def test_a_salesperson_meets_on_a_request(self):
        request = self._create_request(user_id=self.sales.id)
        self._try_life_of_a_meeting(self.sales, opportunity_id=request.id)

    def test_everybody_meets_without_a_lead(self):
        for user in (self.user_internal, self.user_technician, self.user_accountant):
            with self.subTest(user.login):
                self._try_life_of_a_meeting(user)

    def test_a_meeting_made_of_an_activity(self):
        lead = self.env["crm.lead"].create({"name": "Plain", "user_id": self.sales.id})
        activity = lead.activity_schedule(
            "mail.mail_activity_data_meeting", user_id=self.sales.id
        ).with_user(self.sales)
        event = activity.env["calendar.event"].create(
            {
                "name": "Talk",
                "start": self.early,
                "stop": self.late,
                "opportunity_id": lead.id,
                "activity_ids": [(4, activity.id)],
            }
        )
        event.start = self.late
        self.assertEqual(activity.date_deadline, self.late.date())

    def test_planning_nothing_asks_for_no_right(self):
        nothing = self.env["sercom.assignment"].with_user(self.sales)
        self.assertTrue(nothing.write({"state": "cancelled"}))
        self.assertTrue(nothing.move_blocks({}))
        self.assertTrue(nothing.unlink())
