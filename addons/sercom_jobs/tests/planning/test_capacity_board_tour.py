from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

from odoo import Command, api, fields
from odoo.tests import HttpCase, new_test_user, tagged

from ..common import SercomJobsCommon


@tagged("post_install", "-at_install", "slow")
class TestCapacityBoardTour(HttpCase, SercomJobsCommon):
    """A dispatcher plans on the board, in Chromium, with a real mouse's events."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.dispatcher = new_test_user(
            cls.env,
            login="board_dispatcher",
            groups="base.group_user,fieldservice.group_fsm_dispatcher",
            company_id=cls.company.id,
            tz="America/Toronto",
            lang="en_US",
        )
        calendar = cls._create_office_calendar()
        cls.anne, cls.luc = cls.env["hr.employee"].create(
            [
                {
                    "name": name,
                    "company_id": cls.company.id,
                    "tz": "America/Toronto",
                    "resource_calendar_id": calendar.id,
                }
                for name in ("Anne Board", "Luc Board")
            ]
        )
        (cls.anne | cls.luc)._get_fsm_persons()
        cls.job = cls._create_client_job("Board Client", "Board Site")
        # Three days after the Sunday to come: a Wednesday of the week that follows.
        there = cls.env["res.users"].with_user(cls.dispatcher).with_context(tz=cls.dispatcher.tz)
        today = fields.Date.context_today(there)
        sunday = today + timedelta(days=7 - (today.weekday() + 1) % 7)
        wednesday = sunday + timedelta(days=3)
        cls.wednesday = datetime.combine(wednesday, datetime.min.time())

    @classmethod
    def _create_client_job(cls, client, site):
        partner = cls.env["res.partner"].create({"name": client})
        location = cls.env["fsm.location"].create(
            {"name": site, "owner_id": partner.id, "city": "Laval", "phone": "555-0199"}
        )
        return cls._create_job(location_id=location.id, scheduled_duration=2.0)

    def test_drag_hand_over_undo_and_confirm(self):
        self.start_tour("/odoo/capacity-board", "sercom_board_dispatch", login="board_dispatcher")
        block = self.job.assignment_ids
        self.assertRecordValues(block, [{"employee_id": self.anne.id, "state": "confirmed"}])
        self.assertEqual(block.date_start.date(), self.wednesday.date())
        self.assertEqual(block.planned_hours, 2.0)

    def _at(self, hour):
        """An hour of the board's Wednesday in Montréal, in UTC."""
        moment = self.wednesday.replace(hour=hour, tzinfo=ZoneInfo("America/Toronto"))
        return moment.astimezone(UTC).replace(tzinfo=None)

    def test_an_assessment_is_dragged_to_a_person_and_moved(self):
        job = self._create_client_job("Seen Client", "Seen Site")
        event = self.env["calendar.event"].create(
            {
                "name": "Board Assessment",
                "start": self._at(10),
                "stop": self._at(11),
                "partner_ids": [Command.set([])],
                "fsm_location_id": job.location_id.id,
            }
        )
        self.start_tour("/odoo/capacity-board", "sercom_board_assessment", login="board_dispatcher")
        self.assertEqual(event.partner_ids, self.luc.work_contact_id)
        self.assertEqual(event.start, self._at(10))

    def test_the_second_dispatcher_is_told_and_chooses(self):
        other = new_test_user(
            self.env,
            login="board_second",
            groups="base.group_user,fieldservice.group_fsm_dispatcher",
            company_id=self.company.id,
            tz="America/Toronto",
            name="Second Dispatcher",
        )
        block = self.env["sercom.assignment"].create(
            {
                "fsm_order_id": self.job.id,
                "employee_id": self.anne.id,
                "date_start": self._at(10),
                "date_end": self._at(12),
            }
        )
        Assignment = self.env.registry["sercom.assignment"]
        write_if_unchanged, moves = Assignment.write_if_unchanged, []

        def meanwhile(blocks, seen, vals):
            # Between what the board shows and what its dispatcher does, the other one acts.
            if len(moves) < 2:
                start = self._at(13 + len(moves))
                moves.append(start)
                blocks.with_user(other).write(
                    {"date_start": start, "date_end": start + timedelta(hours=2)}
                )
            return write_if_unchanged(blocks, seen, vals)

        self.patch(Assignment, "write_if_unchanged", meanwhile)
        self.start_tour("/odoo/capacity-board", "sercom_board_changed", login="board_dispatcher")
        self.assertEqual(len(moves), 2)
        self.assertRecordValues(
            block,
            [
                {
                    "employee_id": self.luc.id,
                    # Where it was dragged from the second time.
                    "date_start": self._at(13),
                    "date_end": self._at(15),
                }
            ],
        )

    def test_plan_without_a_start_books_a_slot(self):
        action = self.env.ref("sercom_jobs.sercom_job_action")
        self.start_tour(
            f"/odoo/action-{action.id}/{self.job.id}", "sercom_plan_slot", login="board_dispatcher"
        )
        self.assertEqual(self.job.state, "planned")
        block = self.job.assignment_ids
        self.assertEqual((len(block), block.state), (1, "confirmed"))

    def test_times_dropped_in_the_day_view_are_whole_minutes(self):
        Assignment = self.env.registry["sercom.assignment"]
        write, create, given = Assignment.write, Assignment.create, []

        @api.model_create_multi
        def watched_create(blocks, vals_list):
            given.extend(vals["date_start"] for vals in vals_list)
            return create(blocks, vals_list)

        def watched_write(blocks, vals):
            given.extend(vals[name] for name in ("date_start", "date_end") if vals.get(name))
            return write(blocks, vals)

        with (
            patch.object(Assignment, "create", watched_create),
            patch.object(Assignment, "write", watched_write),
        ):
            self.start_tour(
                "/odoo/capacity-board", "sercom_board_day_drag", login="board_dispatcher"
            )
        self.assertGreater(len(given), 2)
        self.assertEqual({str(moment)[-2:] for moment in given}, {"00"})
        block = self.job.assignment_ids
        self.assertEqual((block.date_start.second, block.date_end.second), (0, 0))
        self.assertEqual(block.date_start.minute % 15, 0)

    def test_a_drop_among_four_weeks_is_on_its_day(self):
        self.start_tour("/odoo/capacity-board", "sercom_board_month_drag", login="board_dispatcher")
        block = self.job.assignment_ids
        self.assertEqual((len(block), block.employee_id, block.planned_hours), (1, self.luc, 2.0))
        # The board begins with this week's Sunday; ``wednesday`` is the next week's.
        thursday = self.wednesday + timedelta(days=8)
        zone = ZoneInfo("America/Toronto")
        start, end = (
            moment.replace(tzinfo=UTC).astimezone(zone)
            for moment in (block.date_start, block.date_end)
        )
        self.assertEqual((start.date(), end.date()), (thursday.date(), thursday.date()))
        self.assertEqual((start.second, end.second, start.minute % 15), (0, 0, 0))

    def test_a_visit_handed_over_is_crossed_out_in_the_calendar(self):
        user = new_test_user(
            self.env,
            login="board_technician",
            groups="base.group_user,fieldservice.group_fsm_user_own",
            company_id=self.company.id,
            tz="America/Toronto",
            lang="en_US",
        )
        self.luc.user_id = user
        # Odoo's calendar opens on the week of the browser, whose zone is the machine's.
        today = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
        first, second = self.env["sercom.assignment"].create(
            [
                {
                    "fsm_order_id": job.id,
                    "employee_id": self.luc.id,
                    "date_start": self._to_utc(today + timedelta(hours=hour)),
                    "date_end": self._to_utc(today + timedelta(hours=hour + 1)),
                    "state": "confirmed",
                    "conflict_override": True,
                    "override_reason": "Whatever day it is",
                }
                for job, hour in (
                    (self.job, 15),
                    (self._create_client_job("Other Client", "Other Site"), 18),
                )
            ]
        )
        self._send_notices()
        second.employee_id = self.anne
        self.assertTrue(first.calendar_event_id)
        self.start_tour("/odoo/calendar", "sercom_cancelled_visit", login="board_technician")

    def _to_utc(self, moment):
        """A moment of the machine's clock, naive, as Odoo stores it."""
        return moment.astimezone(UTC).replace(tzinfo=None)

    def test_conflict_with_a_reason_and_a_free_slot(self):
        self.company.sercom_allow_overlap = True
        second = self._create_client_job("Second Client", "Second Site")
        second.scheduled_duration = 8.0
        third = self._create_client_job("Third Client", "Third Site")
        self.env["sercom.assignment"].create(
            {
                "fsm_order_id": self.job.id,
                "employee_id": self.luc.id,
                "date_start": self.wednesday + timedelta(hours=15),
                "date_end": self.wednesday + timedelta(hours=19),
            }
        )
        self.start_tour("/odoo/capacity-board", "sercom_board_conflict", login="board_dispatcher")
        self.assertRecordValues(
            second.assignment_ids,
            [
                {
                    "employee_id": self.luc.id,
                    "conflict_override": True,
                    "override_reason": "They share the truck",
                }
            ],
        )
        self.assertEqual(len(third.assignment_ids), 1)
