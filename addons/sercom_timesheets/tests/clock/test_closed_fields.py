from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common_hours import HoursCommon


@tagged("post_install", "-at_install")
class TestClosedFields(HoursCommon):
    """What a button guards, its fields guard as well."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.env["hr.employee"].create(
            {"name": "Office", "user_id": cls.user_officer.id, "tz": "America/Toronto"}
        )
        cls.other = cls.env["hr.employee"].create({"name": "Anne Roy", "tz": "America/Toronto"})

    def _officer(self, records):
        return records.with_user(self.user_officer)

    def _propose(self):
        entry = self._create_entry().with_user(self.user_technician)
        return entry.action_propose_correction({"reason": "x", "check_out": self._at(3)})

    def test_a_proposal_stays_of_its_person_and_entry(self):
        proposal = self._propose()
        theirs = self._create_entry(employee=self.other)
        for vals in ({"employee_id": self.other.id}, {"attendance_id": theirs.id}):
            with self.subTest(fields=list(vals)), self.assertRaises(AccessError):
                self._officer(proposal).write(vals)

    def test_what_was_decided_is_not_reworded(self):
        proposal = self._propose()
        self._officer(proposal).action_refuse("No")
        with self.assertRaises(UserError):
            self._officer(proposal).write({"decision_note": "Yes"})

    def test_a_review_ends_by_its_button(self):
        for person in (self.employee, self.own):
            entry = self._create_entry(-20, hours=22, employee=person)
            with self.assertRaises(AccessError):
                self._officer(entry).write({"review_reason": False})
            self.assertFalse(entry.timesheet_ids)

    def test_nobody_moves_their_own_open_entry(self):
        entry = self._create_entry(hours=0, employee=self.own)
        for vals in ({"check_in": self._at(-3)}, {"fsm_order_id": False}):
            with self.subTest(vals=list(vals)), self.assertRaisesRegex(AccessError, "own hours"):
                self._officer(entry).write(vals)
        self.assertEqual(entry.check_in, self._at(0))

    def test_moving_an_open_entry_is_kept(self):
        entry = self._create_entry(hours=0)
        self._officer(entry).write({"check_in": self._at(-1)})
        self.assertRecordValues(
            entry.correction_ids,
            [
                {
                    "source": "direct",
                    "old_check_in": self._at(0),
                    "new_check_in": self._at(-1),
                    "new_check_out": False,
                }
            ],
        )
        with self.assertRaisesRegex(UserError, "somebody else's"):
            self._officer(entry).write({"employee_id": self.other.id})

    def test_nobody_writes_down_their_own_hours(self):
        vals = {"employee_id": self.own.id, "fsm_order_id": self.job.id}
        Entry = self._officer(self.env["hr.attendance"])
        start, end = self._at(0), self._at(4)
        for span in ({"check_in": start, "check_out": end}, {"check_in": start}):
            with (
                self.subTest(span=list(span)),
                self.assertRaisesRegex(AccessError, "own hours"),
                self.cr.savepoint(),
            ):
                Entry.create({**vals, **span})

    def test_locked_hours_stay(self):
        line = self._create_entry().timesheet_ids
        typed = self.env["account.analytic.line"].create(
            {
                "name": "Phone call",
                "employee_id": self.employee.id,
                "fsm_order_id": self.job.id,
                "unit_amount": 0.5,
            }
        )
        (line | typed).sudo().approval_state = "locked"
        day = self.env.ref("uom.product_uom_day")
        for hours in (line, typed):
            for vals in (
                {"product_uom_id": day.id},
                {"billable_hours": 7.0},
                {"user_id": self.user_officer.id},
                {"amount": -1.0},
                {"so_line": False, "is_so_line_edited": True},
                {"partner_id": self.user_officer.partner_id.id},
            ):
                with self.subTest(fields=list(vals)), self.assertRaises(UserError):
                    hours.with_user(self.user_manager).write(vals)
            hours.with_user(self.user_manager).name = "Drain, second floor"

    def test_hours_of_the_clock_keep_their_unit_and_person(self):
        line = self._create_entry().timesheet_ids
        day = self.env.ref("uom.product_uom_day")
        for vals in ({"product_uom_id": day.id}, {"user_id": self.user_manager.id}):
            with self.subTest(fields=list(vals)), self.assertRaises(UserError):
                self._officer(line).write(vals)

    def test_figures_are_not_written_by_hand(self):
        entry = self._create_entry()
        block = self.env["sercom.assignment"].create(
            {
                "fsm_order_id": self.job.id,
                "employee_id": self.employee.id,
                "date_start": self._at(0),
                "date_end": self._at(2),
            }
        )
        wrong = {
            entry: ("worked_hours", "clock_hours", "in_delay", "overtime_hours", "in_latitude"),
            entry.timesheet_ids: ("billable_hours", "amount"),
            block: ("worked_hours", "arrival_delay"),
            self.job: ("worked_hours", "remaining_hours", "is_over_sold", "arrival_delay"),
        }
        for records, names in wrong.items():
            for name in names:
                with self.subTest(field=name), self.assertRaises(UserError):
                    records.with_user(self.user_manager).write({name: 99.0})
        self.assertEqual(entry.clock_hours, timedelta(hours=2).total_seconds() / 3600)

    def test_nobody_deletes_or_overlooks_their_own_entry(self):
        entry = self._create_entry(employee=self.own)
        for label, change in {
            "delete": lambda own: own.unlink(),
            "seen": lambda own: own.action_mark_seen(),
            "field": lambda own: own.write({"is_reviewed": True}),
        }.items():
            with (
                self.subTest(label),
                self.assertRaisesRegex(AccessError, "own hours"),
                self.cr.savepoint(),
            ):
                change(self._officer(entry))
        theirs = self._create_entry(start=6, employee=self.other)
        self._officer(theirs).action_mark_seen()
        self._officer(theirs).unlink()

    def test_nobody_types_their_own_timesheet_of_a_job(self):
        Line = self._officer(self.env["account.analytic.line"])
        project = self.job.company_id._get_service_project()
        vals = {"name": "Phone call", "unit_amount": 5.0, "project_id": project.id}
        of_job = {**vals, "fsm_order_id": self.job.id}
        typed = Line.create({**of_job, "employee_id": self.other.id})
        with self.assertRaisesRegex(AccessError, "own hours"), self.cr.savepoint():
            Line.create({**of_job, "employee_id": self.own.id})
        with self.assertRaisesRegex(AccessError, "own hours"), self.cr.savepoint():
            Line.with_context(default_fsm_order_id=self.job.id).create(
                {**vals, "employee_id": self.own.id}
            )
        # Approved while it was a colleague's, it does not become one's own.
        typed.action_approve()
        with self.assertRaisesRegex(AccessError, "own hours"), self.cr.savepoint():
            typed.employee_id = self.own
        mine = self.env["account.analytic.line"].create({**of_job, "employee_id": self.own.id})
        for change in (
            lambda own: own.write({"unit_amount": 6.0}),
            lambda own: own.write({"fsm_order_id": False}),
            lambda own: own.unlink(),
        ):
            with self.assertRaisesRegex(AccessError, "own hours"), self.cr.savepoint():
                change(self._officer(mine))
        mine.with_user(self.user_manager).unit_amount = 4.5

    def test_nobody_hangs_their_hours_on_a_job_they_may_not_open(self):
        """By no road: given, by default, on a new entry or on one's own."""
        theirs = self._create_job()
        Correction = self.env["sercom.clock.correction"].with_user(self.user_technician)
        times = {"check_in": self._at(5), "check_out": self._at(6), "reason": "x"}
        with self.assertRaisesRegex(AccessError, "none of yours"):
            Correction.propose({**times, "fsm_order_id": theirs.id})
        forged = Correction.with_context(default_new_fsm_order_id=theirs.id)
        self.assertFalse(forged.propose(times).new_fsm_order_id)
        entry = self._create_entry().with_user(self.user_technician)
        with self.assertRaisesRegex(AccessError, "none of yours"):
            entry.action_propose_correction({"reason": "x", "fsm_order_id": theirs.id})
        times |= {"check_in": self._at(7), "check_out": self._at(8)}
        self.assertTrue(Correction.propose({**times, "fsm_order_id": self.job.id}))
