from datetime import timedelta

from lxml import etree

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .test_assignment import AssignmentCommon

# Keys of the context that once told one half of the plan to keep quiet, and those that now hold
# an object: whatever a client sends in them gives it nothing.
FORGED = [
    {key: value}
    for key in (
        "from_job",
        "from_assignment",
        "from_calendar_event",
        "keep_plan",
        "keep_job_schedule",
        "sercom_moved",
        "sercom_conflicts",
        "sercom_promise",
    )
    for value in (True, "MOVED_TOGETHER")
]


@tagged("post_install", "-at_install")
class TestJobPlan(AssignmentCommon):
    """A job's own schedule and workers are those of its assignments."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        now = fields.Datetime.now().replace(hour=14, minute=0, second=0, microsecond=0)
        cls.soon = now + timedelta(days=30)
        cls.user_technician.email = "luc@example.com"

    def _fill(self, **vals):
        """A new job in its form, as the dispatcher opens it."""
        form = Form(self.env["fsm.order"].with_user(self.user_dispatcher))
        form.location_id = self.site
        for name, value in {
            "person_id": self.worker,
            "scheduled_date_start": self.soon,
            "scheduled_duration": 2.0,
            **vals,
        }.items():
            setattr(form, name, value)
        return form

    def test_job_made_in_its_form_is_planned(self):
        job = self._fill().save()
        self.assertRecordValues(
            job.assignment_ids,
            [
                {
                    "employee_id": self.employee.id,
                    "date_start": self.soon,
                    "date_end": self.soon + timedelta(hours=2),
                    "state": "draft",
                }
            ],
        )
        self.assertEqual(job.person_ids, self.worker)
        job.with_user(self.user_dispatcher).action_plan_visit()  # the form's button
        block = job.assignment_ids
        self.assertEqual((job.state, block.state), ("planned", "confirmed"))
        self.assertEqual(
            block.calendar_event_id.partner_ids, self.user_technician.partner_id, "invited"
        )
        waiting = self.env["sercom.scheduler"].with_user(self.user_dispatcher).get_unscheduled()
        self.assertNotIn(job.id, [row["id"] for row in waiting["jobs"]])
        with self.assertRaisesRegex(ValidationError, "Luc Gagnon.*already planned"):
            self._fill(scheduled_date_start=self.soon + timedelta(hours=1)).save()

    def test_a_worker_is_chosen_and_never_made_of_a_name(self):
        """One made so is no employee: the job would say Planned, and nobody be invited."""
        arch = self.env["fsm.order"].with_user(self.user_dispatcher).get_view(view_type="form")
        [worker] = etree.fromstring(arch["arch"]).xpath("//sheet//field[@name='person_id']")
        self.assertIn("'no_create': True", worker.get("options", ""))

    def test_a_worker_without_employee_file_is_not_planned(self):
        """The job would say Planned, and nobody have the visit."""
        outsider = self.env["fsm.person"].create({"name": "Subcontractor"})
        job = self._fill(person_id=outsider).save()
        self.assertFalse(job.assignment_ids)
        job = job.with_user(self.user_dispatcher)
        planned = self.env["fsm.stage"].search(
            [("job_state", "=", "planned"), ("stage_type", "=", "order")], limit=1
        )
        for plan in (job.action_plan_visit, lambda: job.write({"stage_id": planned.id})):
            with self.assertRaisesRegex(UserError, f"Subcontractor has no.*{job.name}.*Choose"):
                plan()
        self.assertEqual(job.state, "to_plan")
        with Form(job) as form:
            form.person_id = self.worker
        job.action_plan_visit()
        self.assertEqual(job.state, "planned")
        self.assertEqual(job.assignment_ids.employee_id.sudo(), self.employee)

    def test_a_job_of_outsiders_is_reopened_to_be_planned(self):
        outsider = self.env["fsm.person"].create({"name": "Subcontractor"})
        job = self._fill(person_id=outsider).save().with_user(self.user_dispatcher)
        job.action_cancel()
        job.action_reopen("By mistake")
        self.assertEqual(job.state, "to_plan")

    def test_empty_lists_of_a_client_are_no_plan(self):
        job = self._create_job(
            assignment_ids=[],
            person_ids=[Command.set([])],
            person_id=self.worker.id,
            scheduled_date_start=self.start,
            scheduled_duration=2.0,
        )
        self.assertEqual(job.assignment_ids.employee_id, self.employee)

    def test_form_of_a_planned_job(self):
        job = self._fill().save()
        with Form(job.with_user(self.user_dispatcher)) as form:
            form.scheduled_date_start = self.soon + timedelta(days=1)
        self.assertEqual(job.assignment_ids.date_start, self.soon + timedelta(days=1))
        self.assertEqual(job.scheduled_date_end, self.soon + timedelta(days=1, hours=2))
        with Form(job.with_user(self.user_dispatcher)) as form, form.assignment_ids.new() as row:
            row.employee_id = self.anne
            row.date_start = self.soon + timedelta(days=2)
            row.date_end = self.soon + timedelta(days=2, hours=3)
        self.assertEqual(len(job.assignment_ids), 2)
        self.assertEqual(job.scheduled_date_end, self.soon + timedelta(days=2, hours=3))
        self.assertEqual(job.person_ids.employee_id, self.employee | self.anne)

    def test_assignments_given_with_their_job_are_its_plan(self):
        job = self._create_job(
            person_id=self.worker.id,
            scheduled_date_start=self.start,
            scheduled_duration=1.0,
            assignment_ids=[
                Command.create(
                    {
                        "employee_id": self.anne.id,
                        "date_start": self.start + timedelta(days=1),
                        "date_end": self.start + timedelta(days=1, hours=4),
                        "state": "confirmed",
                    }
                )
            ],
        )
        self.assertEqual(job.assignment_ids.employee_id, self.anne)
        self.assertEqual(job.person_id.employee_id, self.anne)
        self.assertEqual(job.scheduled_date_start, self.start + timedelta(days=1))
        self.assertEqual(job.scheduled_duration, 4.0)
        self.assertEqual(job.state, "planned")

    def test_assignments_and_times_written_at_once(self):
        job = self._fill().save()
        job.write(
            {
                "assignment_ids": [Command.update(job.assignment_ids.id, {"note": "Ring twice"})],
                "scheduled_date_start": self.soon + timedelta(hours=3),
            }
        )
        self.assertEqual(job.assignment_ids.note, "Ring twice")
        self.assertEqual(job.assignment_ids.date_start, self.soon + timedelta(hours=3))

    def test_wish_without_people_stays_as_typed(self):
        job = self._create_job(scheduled_duration=3.0)
        self.assertEqual((job.scheduled_date_start, job.scheduled_duration), (False, 3.0))
        job.person_id = self.worker
        job.action_start()
        self.assertEqual(job.person_id, self.worker, "who does it, without a time")
        self.assertFalse(job.assignment_ids)

    def test_leader_of_a_block_leads_the_job(self):
        self._assign()
        block = self._assign(employee=self.anne)
        self.assertEqual(self.job.person_id, self.worker)
        block.is_leader = True
        self.assertEqual(self.job.person_id.employee_id, self.anne)

    def test_closed_job_keeps_what_happened_just_before(self):
        block = self._assign()
        block.date_start += timedelta(days=1)
        self.job.action_cancel()
        self.assertEqual(self.job.scheduled_date_start, self.start + timedelta(days=1))
        self.assertEqual(self.job.person_id, self.worker)

    def test_duplicate_has_no_people_and_no_time(self):
        job = self._create_job(
            person_id=self.worker.id, scheduled_date_start=self.start, scheduled_duration=2.0
        )
        copy = job.copy()
        self.assertFalse(copy.person_id | copy.person_ids)
        self.assertFalse(copy.scheduled_date_start or copy.scheduled_date_end)
        self.assertEqual(copy.scheduled_duration, 2.0)

    # Who may

    def test_technician_moves_no_plan_whatever_the_context_says(self):
        block = self._assign(start=self.soon, state="confirmed")
        event, later = block.calendar_event_id, self.soon + timedelta(days=1)
        other = self._create_job(person_id=self.worker.id)
        vals = {"fsm_order_id": self.job.id, "employee_id": self.employee.id, "date_start": later}
        contexts = [
            *FORGED,
            {"default_calendar_event_id": event.id, "default_fsm_order_id": self.job.id},
            {"default_assignment_ids": [Command.create(vals)]},
            {"default_scheduled_date_start": fields.Datetime.to_string(later)},
        ]
        for context in contexts:
            env = self.env(user=self.user_technician, context=context)
            job, mine, visit = (record.with_env(env) for record in (self.job, block, event))
            moves = {
                "start": lambda job=job: job.write({"scheduled_date_start": later}),
                "length": lambda job=job: job.write({"scheduled_duration": 5.0}),
                "worker": lambda job=job: job.write({"person_id": False}),
                "workers": lambda job=job: job.write({"person_ids": [Command.clear()]}),
                "row": lambda job=job: job.write({"assignment_ids": [Command.create(vals)]}),
                "wish": lambda env=env: other.with_env(env).write({"scheduled_date_start": later}),
                "block": lambda mine=mine: mine.write({"date_start": later}),
                "note": lambda mine=mine: mine.write({"note": "Mine"}),
                "blocks": lambda mine=mine: mine.move_blocks({mine.id: {"date_start": later}}),
                "new": lambda mine=mine: mine.create(vals),
                "delete": lambda mine=mine: mine.unlink(),
                "event": lambda visit=visit: visit.write({"start": later}),
                "cancel": lambda visit=visit: visit.action_appointment_cancel(),
                "archive": lambda visit=visit: visit.write({"active": False}),
                "drop": lambda visit=visit: visit.unlink(),
                "job": lambda env=env: env["fsm.order"].create({"location_id": self.site.id}),
            }
            for name, move in moves.items():
                with self.subTest(context=context, move=name), self.assertRaises(AccessError):
                    move()
        self.assertRecordValues(
            block, [{"date_start": self.soon, "state": "confirmed", "calendar_event_id": event.id}]
        )
        self.assertEqual((event.start, event.appointment_state), (self.soon, "planned"))
        self.assertEqual(self.job.scheduled_date_start, self.soon)

    def test_nothing_a_dispatcher_sends_switches_a_check_off(self):
        self._assign(start=self.soon)
        job = self._create_job()
        block = self._assign(job, start=self.soon + timedelta(hours=4))
        for context in FORGED:
            mine = block.with_env(self.env(user=self.user_dispatcher, context=context))
            with self.subTest(context=context):
                with self.assertRaisesRegex(ValidationError, "already planned"):
                    mine.write({"date_start": self.soon})
                moved = block.date_start + timedelta(hours=1)
                mine.fsm_order_id.scheduled_date_start = moved
                self.assertEqual(block.date_start, moved)

    def test_block_stays_in_its_company(self):
        company = self.env["res.company"].create({"name": "Boréale Ontario"})
        both = self.user_dispatcher
        site = self._create_site(name="Ottawa")
        job = self.env["fsm.order"].create({"location_id": site.id, "company_id": company.id})
        stranger = self.env["hr.employee"].create({"name": "Eve", "company_id": company.id})
        block = self._assign()
        vals = {"fsm_order_id": job.id, "employee_id": stranger.id}
        with self.assertRaises(AccessError):
            block.with_user(both).write(vals)
        both.company_ids |= company
        mine = block.with_user(both).with_context(allowed_company_ids=(self.company | company).ids)
        for change in (vals, {"fsm_order_id": job.id}):
            with self.assertRaisesRegex(UserError, f"plan the person anew on {job.name}"):
                mine.write(change)
            with self.assertRaisesRegex(UserError, f"plan the person anew on {job.name}"):
                mine.move_blocks({block.id: change})
        self.assertEqual(block.fsm_order_id, self.job)

    def test_workers_of_another_company_are_not_read(self):
        company = self.env["res.company"].create({"name": "Boréale Ontario"})
        user = new_test_user(
            self.env,
            "dispatcher_ottawa",
            groups="base.group_user,fieldservice.group_fsm_dispatcher",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        eve = self.env["hr.employee"].create({"name": "Eve", "company_id": company.id})
        own = eve._get_fsm_persons()[eve]
        anybody = self.env["fsm.person"].create({"name": "Subcontractor"})
        found = self.env["fsm.person"].with_user(user).search([])
        self.assertIn(own, found)
        self.assertIn(anybody, found)
        self.assertNotIn(self.worker, found)
        with self.assertRaises(AccessError):
            self.worker.with_user(user).write({"calendar_id": False})
