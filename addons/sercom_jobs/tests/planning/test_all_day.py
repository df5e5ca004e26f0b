from datetime import datetime, timedelta

from odoo import Command
from odoo.tests import Form, freeze_time, tagged

from .test_soft_conflicts import ConflictCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 12:00:00")
class TestAllDay(ConflictCommon):
    """All-day appointments are the whole local day of each person."""

    def _create_all_day(self, first="2026-11-03", last=None, people=None):
        form = Form(
            self.env["calendar.event"].with_context(
                default_opportunity_id=self._create_request().id,
                default_partner_ids=[
                    Command.set((people or self.employee).work_contact_id.ids),
                ],
            ),
            "calendar.view_calendar_event_form",
        )
        form.name = "Fair"
        form.allday = True
        form.start_date = first
        form.stop_date = last or first
        return form.save()

    def _get_appointments(self, user=None):
        scheduler = self.env["sercom.scheduler"].with_user(user or self.user_dispatcher)
        return [
            (row["employee_id"], row["start"], row["end"])
            for row in scheduler.get_board("2026-11-02", "2026-11-06")["appointments"]
        ]

    def test_board(self):
        self._create_all_day("2026-11-03", "2026-11-04")
        self.assertEqual(
            self._get_appointments(),
            [(self.employee.id, "2026-11-03 05:00:00", "2026-11-05 05:00:00")],
        )

    def test_each_person_in_their_own_zone(self):
        self.anne.tz = "America/Vancouver"
        self.anne._get_fsm_persons()
        self._create_all_day(people=self.employee | self.anne)
        self.assertEqual(
            {key: (start, end) for key, start, end in self._get_appointments()},
            {
                self.employee.id: ("2026-11-03 05:00:00", "2026-11-04 05:00:00"),
                self.anne.id: ("2026-11-03 08:00:00", "2026-11-04 08:00:00"),
            },
        )

    def test_the_day_before_and_after_are_not_touched(self):
        self._create_all_day()
        scheduler = self.env["sercom.scheduler"].with_user(self.user_dispatcher)
        for day, after in (("2026-11-02", "2026-11-03"), ("2026-11-04", "2026-11-05")):
            rows = scheduler.get_board(day, after, self.employee.ids)["appointments"]
            # The board reads a little more than its user's days.
            self.assertFalse([row for row in rows if row["start"] == "2026-11-03 08:00:00"])
        evening = self._assign(self._create_job(), start=self._at(16, day=2))
        self.assertNotIn("appointment", self._find(evening))

    def test_conflicts_and_warnings_of_the_whole_day(self):
        self._create_all_day()
        block = self._assign(start=self._at(14), hours=2)  # 19:00 UTC, after Odoo's 18:00
        self.assertEqual(
            self._find(block)["appointment"][1], "Luc Gagnon has another appointment: Fair, Nov 3."
        )
        self.assertIn("Fair, Nov 3", block.warning)

    def test_no_free_slot_on_that_day(self):
        self._create_all_day()
        slots = self.env["sercom.scheduler"].find_slots(
            self.job.id, self._at(0), self._at(23, day=5), limit=50
        )
        own = [slot for slot in slots if self.employee.id in slot["employee_ids"]]
        self.assertTrue(own)
        self.assertFalse(
            [
                slot
                for slot in own
                if slot["date_start"] < str(self._at(24)) and slot["date_end"] > str(self._at(0))
            ]
        )

    def test_a_visit_ticked_all_day_is_the_persons_day(self):
        block = self._assign(start=self._at(9))
        block.with_user(self.user_dispatcher).action_confirm()
        event = block.calendar_event_id.with_user(self.user_dispatcher)
        with Form(event, "calendar.view_calendar_event_form") as form:
            form.allday = True
            form.start_date = "2026-11-04"
            form.stop_date = "2026-11-04"
        stored = {"start": datetime(2026, 11, 4, 8), "stop": datetime(2026, 11, 4, 18)}
        self.assertRecordValues(event, [{"allday": True, **stored}])
        self.assertRecordValues(
            block,
            [
                {
                    "date_start": self._at(0, day=4),
                    "date_end": self._at(24, day=4),
                    "planned_hours": 8.0,
                }
            ],
        )
        # By whole days it stays one; at an hour it is one no more.
        block.date_start += timedelta(days=1)
        self.assertTrue(event.allday)
        self.assertEqual(event.start, datetime(2026, 11, 5, 8))
        self.assertEqual(block.date_start, self._at(0, day=5))
        block.write({"date_start": self._at(9, day=5), "date_end": self._at(11, day=5)})
        self.assertRecordValues(
            event,
            [{"allday": False, "start": self._at(9, day=5), "stop": self._at(11, day=5)}],
        )
        self.assertEqual(block.date_start, self._at(9, day=5))
