from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .flows import TwoFlowsCommon


@tagged("post_install", "-at_install")
class TestReach(TwoFlowsCommon):
    """What plain Odoo or OCA opens to every employee, and Sercom's planning and costs count on."""

    def _assert_refused(self, record, role, vals, unlink=True):
        own = record.with_user(self.users[role])
        with self.subTest(record=record._name, role=role):
            with self.assertRaises(AccessError):
                own.write(vals)
            if unlink:
                with self.assertRaises(AccessError):
                    own.unlink()

    def test_guests_of_a_visit_are_not_changed_by_others(self):
        """Who takes a guest off takes the visit off them, and who answers for one accepts it."""
        visit = self.other_job.assignment_ids.calendar_event_id
        self.assertTrue(visit.attendee_ids)
        for role in ("technician", "internal"):
            self._assert_refused(visit.attendee_ids, role, {"state": "declined"})
            with self.assertRaises(AccessError):
                self.env["calendar.attendee"].with_user(self.users[role]).create(
                    {"event_id": visit.id, "partner_id": self.users[role].partner_id.id}
                )
        own = self.own_job.assignment_ids.calendar_event_id
        guest = own.attendee_ids.with_user(self.users["technician"])
        guest.do_accept()
        self.assertEqual(guest.state, "accepted")

    def test_a_meeting_without_a_file_goes_on(self):
        for role in ("technician", "internal"):
            user = self.users[role]
            meeting = (
                self.env["calendar.event"]
                .with_user(user)
                .create(
                    {
                        "name": "Meeting",
                        "start": self.start,
                        "stop": self.start,
                        "partner_ids": [
                            Command.set((user.partner_id | self.vendor).ids),
                        ],
                    }
                )
            )
            meeting.attendee_ids.write({"state": "accepted"})
            meeting.partner_ids -= self.vendor
            self.assertEqual(meeting.attendee_ids.partner_id, user.partner_id)

    def test_a_technician_is_off_when_it_is_approved(self):
        """Time off counts in planning: neither their own nor that of a colleague without user."""
        leaves = self.env["resource.calendar.leaves"]
        vals = {
            "name": "Away",
            "date_from": self.start + timedelta(days=80),
            "date_to": self.start + timedelta(days=81),
        }
        own = self.env["resource.calendar.leaves"].search(
            [("resource_id", "=", self.employee.resource_id.id)], limit=1
        )
        others = leaves.create({**vals, "resource_id": self.other.resource_id.id})
        for leave in own | others:
            later = leave.date_to + timedelta(hours=1)
            self._assert_refused(leave, "technician", {"date_to": later})
        self._assert_refused(others, "internal", {"date_to": later})
        mine = self.env["resource.calendar.leaves"].search(
            [("resource_id", "=", self.users["internal"].employee_id.resource_id.id)], limit=1
        )
        with self.assertRaises(AccessError):
            mine.with_user(self.users["internal"]).resource_id = self.other.resource_id
        for role, person in (
            ("technician", self.employee),
            ("technician", self.other),
            ("internal", self.other),
        ):
            with self.assertRaises(AccessError):
                leaves.with_user(self.users[role]).create(
                    {**vals, "resource_id": person.resource_id.id}
                )

    def test_time_off_is_asked_for_and_approved(self):
        """Odoo's own way goes on."""
        kind = self.env["hr.leave.type"].create(
            {"name": "Unpaid", "requires_allocation": False, "leave_validation_type": "manager"}
        )
        day = self.start.date() + timedelta(days=90)
        leave = (
            self.env["hr.leave"]
            .with_user(self.users["technician"])
            .create(
                {
                    "employee_id": self.employee.id,
                    "holiday_status_id": kind.id,
                    "request_date_from": day,
                    "request_date_to": day,
                }
            )
        )
        with self.assertRaises(UserError):
            leave.state = "validate"
        leave.with_user(self.users["manager"]).action_approve()
        found = self.env["resource.calendar.leaves"].search([("holiday_id", "=", leave.id)])
        self.assertEqual(found.resource_id, self.employee.resource_id)

    def test_nobody_gives_themselves_the_skills_that_planning_asks_for(self):
        own = self.env["hr.employee.skill"].search([("employee_id", "=", self.employee.id)])
        self.assertTrue(own)
        self._assert_refused(own, "technician", {"valid_from": self.start.date()})
        other = self.skill.create({"name": "Oil", "skill_type_id": self.skill.skill_type_id.id})
        with self.assertRaises(AccessError):
            self.env["hr.employee.skill"].with_user(self.users["technician"]).create(
                {
                    "employee_id": self.employee.id,
                    "skill_id": other.id,
                    "skill_type_id": self.skill.skill_type_id.id,
                    "skill_level_id": self.skill.skill_type_id.skill_level_ids.id,
                }
            )

    def test_technicians_rewrite_no_stock_move(self):
        moves = self.own_job.sale_line_ids.move_ids
        lines = moves.move_line_ids or self.env["stock.move.line"].create(
            {
                "move_id": moves[:1].id,
                "product_id": moves[:1].product_id.id,
                "picking_id": moves[:1].picking_id.id,
                "location_id": moves[:1].location_id.id,
                "location_dest_id": moves[:1].location_dest_id.id,
                "quantity": 0.0,
            }
        )
        self.assertTrue(lines)
        self._assert_refused(lines, "technician", {"date": self.start})
        lines.with_user(self.users["dispatcher"]).write({"date": self.start})

    def test_technicians_change_no_set_up_of_field_service(self):
        kind = self.env["fsm.order.type"].search([], limit=1)
        preferred = self.env["fsm.location.person"].search([], limit=1)
        self._assert_refused(kind, "technician", {"name": "Changed"}, unlink=False)
        self._assert_refused(preferred, "technician", {"sequence": 5}, unlink=False)
        kind.with_user(self.users["estimator"]).name = "Changed"
        preferred.with_user(self.users["estimator"]).sequence = 5

    def test_what_is_noted_of_a_visit_is_of_who_knows_what_it_is_for(self):
        visit = self.other_job.assignment_ids.calendar_event_id
        for name in ("description", "notes", "videocall_location", "access_token"):
            for role in ("technician", "internal"):
                self._assert_refused(visit, role, {name: "https://example.com"}, unlink=False)

    def test_a_visit_that_took_place_stays_where_and_when_it_was(self):
        jobs = self.env["fsm.order"].search([("state", "=", "done")])
        visits = jobs.assignment_ids.calendar_event_id
        self.assertEqual(len(visits), 2)
        for visit in visits:
            for vals in ({"name": "Elsewhere"}, {"stop": visit.stop + timedelta(hours=3)}):
                for role in ("technician", "internal"):
                    self._assert_refused(visit, role, vals, unlink=False)
            visit.with_user(self.users["dispatcher"]).name = "Heater"

    def test_nobody_rewrites_what_somebody_else_wrote_to_them(self):
        """Odoo lets whoever is told of a message change it: its words, its author and its date."""
        technician = self.users["technician"]
        job = self.own_job
        told = job.with_user(self.users["dispatcher"]).message_post(
            body="Do not open the wall",
            partner_ids=technician.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        own = job.with_user(technician).message_post(
            body="Opened", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        notice = self.env["mail.message"].search(
            [
                ("model", "=", job._name),
                ("res_id", "=", job.id),
                ("message_type", "=", "user_notification"),
            ],
            limit=1,
        )
        self.assertTrue(notice)
        self.assertIn(technician.partner_id, notice.notified_partner_ids)
        boss = self.users["manager"].partner_id
        for message, vals in (
            (told, {"body": "Open the wall"}),
            (told, {"author_id": boss.id}),
            (told, {"date": self.start}),
            (notice, {"message_type": "comment"}),
            (notice, {"body": "Agreed"}),
            (own, {"author_id": boss.id}),
            (own, {"date": self.start}),
        ):
            self._assert_refused(message, "technician", vals, unlink=False)
        own.with_user(technician).body = "Opened it"
        told.with_user(technician).toggle_message_starred()
        told.with_user(technician).set_message_done()

    def test_an_activity_tells_no_name_of_what_its_user_may_not_read(self):
        technician = self.users["technician"]
        activity = self.own_job.activity_ids.filtered(lambda one: one.user_id == technician)[:1]
        hidden = self.other_job.sale_id
        own = activity.with_user(technician)
        with self.assertRaises(AccessError):
            own.write(
                {"res_model_id": self.env["ir.model"]._get_id(hidden._name), "res_id": hidden.id}
            )
            self.env.invalidate_all()
            self.assertNotIn(hidden.name, own.res_name or "")

    def test_a_button_tells_no_name_of_what_its_user_may_not_read(self):
        file = self.other_job.service_file_id
        for role in ("technician", "internal"):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                file.with_user(self.users[role]).action_view_records()
