from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ..common_hours import HoursCommon


@tagged("post_install", "-at_install")
class TestForgotten(HoursCommon):
    """Entries that nobody ended are found every hour, and their end proposed."""

    def setUp(self):
        super().setUp()
        # No commit within a test; the method itself is Odoo's.
        progress = patch.object(
            self.env.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 600.0
        )
        progress.start()
        self.addCleanup(progress.stop)

    def _run(self, moment=None):
        with freeze_time(moment or "2026-11-04 20:00:00"):
            self.env["hr.attendance"]._cron_find_forgotten()

    def _plan(self, start, hours, employee=None, **vals):
        return self.env["sercom.assignment"].create(
            {
                "fsm_order_id": self.job.id,
                "employee_id": (employee or self.employee).id,
                "date_start": self._at(start),
                "date_end": self._at(start + hours),
                "state": "confirmed",
                **vals,
            }
        )

    def _open(self, start=0.0, block=None, **vals):
        return self._create_entry(start, hours=0, assignment_id=block and block.id, **vals)

    def test_the_end_of_the_block_is_proposed(self):
        entry = self._open(block=self._plan(0, 2))
        self._run()
        self.assertEqual(entry.review_reason, "forgotten")
        self.assertFalse(entry.check_out, "nothing is made up")
        self.assertRecordValues(
            entry.correction_ids,
            [
                {
                    "source": "forgotten",
                    "state": "proposed",
                    "new_check_out": self._at(2),
                    "old_check_out": False,
                    "proposed_by_id": self.env.ref("base.user_root").id,
                }
            ],
        )
        self.assertTrue(entry.correction_ids.activity_ids)
        note = entry.correction_ids.message_ids.filtered("notification_ids")
        self.assertEqual(note.notification_ids.res_partner_id, self.user_technician.partner_id)
        self.assertIn("did not clock out", note.body)

    def test_the_end_of_the_day_without_a_plan(self):
        entry = self._open()
        self._run()
        # 17:00 in Montréal, by the standard working hours.
        self.assertEqual(entry.correction_ids.new_check_out, datetime(2026, 11, 3, 22))

    def test_nothing_before_the_tolerance_is_over(self):
        entry = self._open(block=self._plan(0, 2))
        self._run("2026-11-03 23:59:00")
        self.assertFalse(entry.review_reason)
        self.company.clock_forgotten_after = 1.0
        self._run("2026-11-03 23:01:00")
        self.assertEqual(entry.review_reason, "forgotten")

    def test_the_evening_was_planned(self):
        entry = self._open(block=self._plan(0, 2))
        self._plan(6, 7)  # until 22:00
        self._run("2026-11-04 04:00:00")
        self.assertFalse(entry.review_reason)

    def test_nobody_works_longer_than_the_limit(self):
        self.employee.resource_calendar_id = False
        entry = self._open()
        self._run("2026-11-04 05:30:00")
        self.assertFalse(entry.review_reason, "no hours, no plan: nothing says it is forgotten")
        self._run("2026-11-04 06:30:00")
        self.assertEqual(entry.review_reason, "forgotten")
        self.assertFalse(entry.correction_ids.new_check_out)
        self.assertIn("no plan", entry.correction_ids.reason)

    def test_the_reason_is_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_CA")
        self._translate_finding("no_plan", "Personne n'a pointé la sortie.")
        self.employee.resource_calendar_id = False
        entry = self._open()
        self._run("2026-11-04 06:30:00")
        proposal = entry.correction_ids
        french = proposal.with_context(lang="fr_CA")
        self.assertEqual(french.reason, "Personne n'a pointé la sortie.")
        self.assertIn("no plan", proposal.reason)
        self.assertEqual(french.search([("reason", "ilike", "personne")]), proposal)
        self.assertFalse(proposal.search([("reason", "ilike", "personne")]))
        # What somebody types is theirs, in any language.
        proposal.with_user(self.user_officer).reason = "Left at noon"
        self.env.invalidate_all()
        self.assertEqual(french.reason, "Left at noon")
        self.assertEqual(proposal.search([("reason", "ilike", "noon")]), proposal)
        self.assertFalse(proposal.finding)

    def _translate_finding(self, code, words):
        field = self.env["ir.model.fields"]._get("sercom.clock.correction", "finding")
        choice = field.selection_ids.filtered(lambda one: one.value == code)
        choice.with_context(lang="fr_CA").name = words

    def test_found_again_is_nothing_new(self):
        entry = self._open(block=self._plan(0, 2))
        for hour in range(3):
            self._run(datetime(2026, 11, 4, 12 + hour))
        self.assertEqual(len(entry.correction_ids), 1)
        self.assertEqual(len(entry.correction_ids.activity_ids), 1)
        entry.correction_ids.with_user(self.user_officer).action_refuse()
        self._run()
        self.assertEqual(len(entry.correction_ids), 1, "it was decided")

    def test_accepting_pays_the_proposed_end(self):
        entry = self._open(block=self._plan(0, 2))
        self._run()
        self.assertFalse(entry.timesheet_ids)
        entry.correction_ids.with_user(self.user_officer).action_accept()
        self.assertEqual(entry.check_out, self._at(2))
        self.assertFalse(entry.review_reason)
        self.assertEqual(entry.timesheet_ids.unit_amount, 2.0)

    def test_an_entry_ended_by_the_next_one_is_proposed_too(self):
        block = self._plan(0, 2)
        entry = self._open(block=block)
        entry.write({"check_out": self._at(23), "review_reason": "too_long"})
        self._create_entry(23, 2)
        self._run()
        self.assertEqual(entry.review_reason, "too_long")
        self.assertEqual(entry.correction_ids.new_check_out, self._at(2))
        self.assertFalse(entry.timesheet_ids)

    def test_an_evening_that_the_next_clock_in_ended(self):
        entry = self._create_entry(8, 15, out_reason="switch")  # 17:00 to 8:00
        self.assertFalse(entry.review_reason)
        self._run()
        self.assertEqual(entry.review_reason, "forgotten")
        self.assertFalse(entry.timesheet_ids)
        seen = self._create_entry(-30, 15, out_reason="switch", is_reviewed=True)
        approved = self._create_entry(-60, 15, out_reason="switch")
        approved.timesheet_ids.sudo().approval_state = "approved"
        self._run()
        self.assertFalse((seen | approved).filtered("review_reason"))

    def test_odoos_own_end_is_proposed_too(self):
        entry = self._open()
        entry.write(
            {"check_out": self._at(5), "out_mode": "auto_check_out", "review_reason": "auto"}
        )
        self._run()
        self.assertEqual(entry.correction_ids.new_check_out, datetime(2026, 11, 3, 22))

    def test_the_next_entry_limits_the_proposal(self):
        entry = self._open()
        entry.write({"check_out": self._at(3), "review_reason": "forgotten"})
        self._create_entry(3, 2)
        self._run()
        self.assertEqual(entry.correction_ids.new_check_out, self._at(3))

    def test_confirming_the_hours_voids_the_proposal(self):
        entry = self._open(block=self._plan(0, 2))
        self._run()
        entry.write({"check_out": self._at(5)})
        entry.with_user(self.user_officer).action_confirm_hours()
        self.assertEqual(entry.correction_ids.state, "refused")
        self.assertEqual(entry.timesheet_ids.unit_amount, 5.0)
        self._run()
        self.assertEqual(len(entry.correction_ids), 1)

    def test_who_clocked_out_after_all_is_compared_with_it(self):
        entry = self._open(block=self._plan(0, 2))
        self._run()
        entry.write({"check_out": self._at(5)})
        proposal = entry.correction_ids
        proposal.with_user(self.user_officer).action_accept()
        self.assertEqual((proposal.old_check_out, entry.check_out), (self._at(5), self._at(2)))

    def test_people_without_jobs_are_left_to_odoo(self):
        clerk = self.env["hr.employee"].create({"name": "Clerk"})
        entry = self._create_entry(0, 0, employee=clerk, fsm_order_id=False)
        self._run()
        self.assertFalse(entry.review_reason or entry.correction_ids)

    def test_a_night_goes_past_midnight(self):
        calendar = self.env["resource.calendar"].create(
            {
                "name": "Nights",
                "tz": "America/Toronto",
                "attendance_ids": [(5, 0, 0)]
                + [
                    (
                        0,
                        0,
                        {
                            "name": str(day),
                            "dayofweek": str(day),
                            "hour_from": low,
                            "hour_to": high,
                            "day_period": "morning",
                        },
                    )
                    for day in range(7)
                    for low, high in ((0.0, 6.0), (22.0, 24.0))
                ],
            }
        )
        self.employee.resource_calendar_id = calendar
        # 31 October 2026, 22:00 in Montréal; the night has an hour more.
        entry = self.env["hr.attendance"].create(
            {
                "employee_id": self.employee.id,
                "fsm_order_id": self.job.id,
                "check_in": datetime(2026, 11, 1, 2),
            }
        )
        self._run("2026-11-01 14:00:00")
        self.assertEqual(entry.correction_ids.new_check_out, datetime(2026, 11, 1, 11))
        self.assertEqual(entry.correction_ids.new_hours, 9.0)

    def test_queries_do_not_grow_with_the_people(self):
        def make(count):
            people = self.env["hr.employee"].create(
                [{"name": f"Person {number}"} for number in range(count)]
            )
            blocks = self.env["sercom.assignment"].create(
                [
                    {
                        "fsm_order_id": self.job.id,
                        "employee_id": person.id,
                        "date_start": self._at(0),
                        "date_end": self._at(2),
                    }
                    for person in people
                ]
            )
            return self.env["hr.attendance"].create(
                [
                    {
                        "employee_id": block.employee_id.id,
                        "fsm_order_id": self.job.id,
                        "assignment_id": block.id,
                        "check_in": self._at(0),
                    }
                    for block in blocks
                ]
            )

        counts = []
        for number in (5, 5, 50):
            entries = make(number)
            counts.append(self._get_queries(self._run))
            self.assertEqual(len(entries.correction_ids), number)
        self.assertEqual(counts[2], counts[1], f"queries: {counts}")

    def test_the_cron_catches_up(self):
        entries = self._open(block=self._plan(0, 2))
        later = timedelta(days=5)
        self._run(datetime(2026, 11, 4, 20) + later)
        self.assertEqual(entries.correction_ids.new_check_out, self._at(2))
