from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.history import silently

from ..job.fsm_order import CLOSED_STATES
from ..job.fsm_order_schedule import SCHEDULE_FIELDS
from .sercom_assignment import PLAN_STATES

PLAN_FIELDS = {*SCHEDULE_FIELDS, "person_id", "person_ids"}
# What the hooks of a job are told when its assignments change: names, the values are the job's.
PLAN_CHANGE = {**dict.fromkeys(PLAN_FIELDS), "assignment_ids": True}


class FsmOrder(models.Model):
    """The job's own schedule and workers, which are those of its assignments.

    How it works: assignments are the truth, and these fields are computed from them. What is
    typed into them (OCA's views, an import, a drag in the calendar) stays a wish as long as
    nobody can be planned: without a start, or for workers without an employee file. Else
    ``_inverse_plan`` gives the job the assignments it asks for. It is called by the hooks of the
    job and is no ``inverse=``: Odoo would call that before a new job has its file and its order,
    and without what there was before.
    """

    _inherit = "fsm.order"

    scheduled_date_start = fields.Datetime(
        compute="_compute_plan", store=True, readonly=False, precompute=True, copy=False
    )
    scheduled_date_end = fields.Datetime(
        compute="_compute_plan", store=True, readonly=False, precompute=True, copy=False
    )
    scheduled_duration = fields.Float(
        compute="_compute_plan", store=True, readonly=False, precompute=True
    )
    person_id = fields.Many2one(
        compute="_compute_plan", store=True, readonly=False, precompute=True, copy=False
    )
    person_ids = fields.Many2many(
        compute="_compute_plan", store=True, readonly=False, precompute=True, copy=False
    )

    @api.depends(
        "state",
        "assignment_ids.state",
        "assignment_ids.employee_id.fsm_person_ids",
        "assignment_ids.date_start",
        "assignment_ids.date_end",
        "assignment_ids.is_leader",
    )
    def _compute_plan(self):
        """Open jobs with assignments get their plan; what others have stays as it is."""
        blocks_by_job = self._get_plan_assignments()
        workers = {}
        for job in self.filtered(lambda job: job.state not in CLOSED_STATES):
            if not (blocks := blocks_by_job.get(job)):
                continue
            outsiders = job.person_ids.filtered(lambda worker: not worker.employee_id)
            people = blocks.employee_id.fsm_person_ids | outsiders
            workers[people] = workers.get(people, self.browse()) | job
            job.person_id = job._get_leader(blocks)
            job.scheduled_date_start = min(blocks.mapped("date_start"))
            job.scheduled_date_end = max(blocks.mapped("date_end"))
            length = job.scheduled_date_end - job.scheduled_date_start
            job.scheduled_duration = length.total_seconds() / 3600
        # Together: the workers of each job are a query to write.
        for people, jobs in workers.items():
            jobs.person_ids = people

    def _compute_field_value(self, field):
        # The assignments say in the chatter who was planned, and when: not twice.
        jobs = silently(self) if field.name in PLAN_FIELDS else self
        return super(FsmOrder, jobs)._compute_field_value(field)

    def _get_plan_assignments(self):
        """Assignments that the plan of each job is made of, as they are on its screen."""
        stored = self.filtered(lambda job: isinstance(job.id, int))
        blocks = stored._get_live_assignments(PLAN_STATES)
        for job in self - stored:
            blocks[job] = job.assignment_ids.filtered(
                lambda block: (
                    block.state in PLAN_STATES
                    and block.employee_id
                    and block.date_start
                    and block.date_end
                )
            )
        return blocks

    def _get_leader(self, blocks):
        """Worker who leads this one job: who leads a block, else who does now, else the first."""
        people = blocks.filtered("is_leader").employee_id or blocks.employee_id
        current = self.person_id.employee_id
        return (current if current in people else people[:1]).fsm_person_ids

    def _get_following_promise(self):
        # A job that has people planned keeps their times: they are moved on the board.
        jobs = super()._get_following_promise()
        return jobs.filtered(lambda job: not job.assignment_count)

    def _is_time_off_refused(self):
        return self.company_id.sercom_conflict_time_off == "block"

    # What is typed

    def _after_create(self, vals_list):
        super()._after_create(vals_list)
        # sudo: whether there are any, before their maker's rights are asked
        with_blocks = self.sudo().filtered("assignment_ids").sudo(self.env.su)
        if with_blocks:
            # They were made while the fields of their job were being written.
            with_blocks._compute_plan_again()
            with_blocks._update_stage_from_assignments()
        ids = [
            job.id
            for job, vals in zip(self, vals_list, strict=True)
            if job not in with_blocks and any(vals.get(name) for name in PLAN_FIELDS)
        ]
        self.browse(ids)._inverse_plan()

    def _prepare_change(self, vals):
        batches = super()._prepare_change(vals)
        if not vals.get("assignment_ids") or PLAN_FIELDS.isdisjoint(vals):
            return batches
        # A form sends both: first the assignments, then what is still to be changed in them.
        steps = []
        for jobs, values in batches:
            plan = {name: value for name, value in values.items() if name in PLAN_FIELDS}
            rest = {name: value for name, value in values.items() if name not in PLAN_FIELDS}
            steps += [(jobs, rest), (jobs, plan)]
        return steps

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if not vals.get("assignment_ids") and not PLAN_FIELDS.isdisjoint(vals):
            before["plan"] = {job: job._get_plan() for job in self}
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if plans := before.get("plan"):
            changed = self.filtered(lambda job: job._get_plan() != plans[job])
            changed._inverse_plan(plans, keep_people="person_ids" in vals)

    def _get_plan(self):
        """This job's own schedule and workers: ``(start, end, worker, workers)``."""
        return (
            self.scheduled_date_start,
            self.scheduled_date_end,
            self.person_id,
            self.person_ids,
        )

    def _inverse_plan(self, before=None, keep_people=True):
        """Give these jobs the assignments that their schedule and workers ask for.

        :param dict before: ``{job: _get_plan()}`` before the change; none for new jobs
        :param bool keep_people: whether the former worker stays when only the worker changed
        """
        Assignment = self.env["sercom.assignment"]
        blocks_by_job = self._get_live_assignments()
        new, moves, dropped = [], {}, Assignment.browse()
        planned, unplanned = self.browse(), self.browse()
        for job in self.filtered(lambda job: job.state not in CLOSED_STATES):
            blocks = blocks_by_job.get(job, Assignment.browse())
            if not job.scheduled_date_start or not job.scheduled_date_end:
                dropped |= blocks
                unplanned |= job if blocks else self.browse()
                continue
            old = (before or {}).get(job)
            people = job._get_typed_people(old, keep_people)
            gone, missing = blocks.employee_id - people, people - blocks.employee_id
            times = job._get_shifts(blocks, old) if old else {}
            if len(gone) == len(missing) == 1:
                for block in blocks.filtered(lambda block, gone=gone: block.employee_id == gone):
                    times.setdefault(block, {})["employee_id"] = missing.id
                gone, missing = gone.browse(), missing.browse()
            leaving = blocks.filtered(lambda block, gone=gone: block.employee_id in gone)
            dropped |= leaving
            moves |= {block.id: times[block] for block in blocks - leaving if block in times}
            new += job._prepare_assignment_vals(missing)
            if missing or blocks - leaving:
                planned |= job
            elif blocks:
                unplanned |= job
        # As Odoo does around an inverse: what is typed is not computed while it is passed on.
        with self.env.protecting(self._get_plan_fields(), self):
            dropped.with_env(self.env)._discard()
            if moves:
                Assignment.move_blocks(moves)
            if new:
                Assignment.create(new)
        planned._compute_plan_again()
        # sudo: its assignments were taken off with the user's rights
        unplanned.sudo()._clear_people()

    @api.model
    def _get_plan_fields(self):
        return [self._fields[name] for name in PLAN_FIELDS]

    def _compute_plan_again(self):
        self.modified(["assignment_ids"])
        self._recompute_recordset(PLAN_FIELDS)

    def _prepare_assignment_vals(self, people):
        """Values of the assignments of ``people`` at this one job's own schedule, as a list."""
        self.ensure_one()
        return [
            {
                "fsm_order_id": self.id,
                "employee_id": person.id,
                "date_start": self.scheduled_date_start,
                "date_end": self.scheduled_date_end,
                "state": "draft" if self.state == "to_plan" else "confirmed",
            }
            for person in people
        ]

    def _get_typed_people(self, old=None, keep_people=True):
        """Employees whom this one job names as its workers.

        :param old: ``_get_plan()`` before the change, or ``None``
        """
        workers = self.person_ids
        if old and not keep_people and old[2] != self.person_id:
            workers -= old[2]
        # sudo: employee files are not the office's to read
        return (self.person_id | workers).employee_id.sudo()

    def _get_shifts(self, blocks, old):
        """New times of this one job's blocks, after the job itself was moved.

        :param old: ``_get_plan()`` before the change
        :return: ``{assignment: values}``
        :raises UserError: when a new length is asked of a job that has blocks of several lengths
        """
        start, end = self.scheduled_date_start, self.scheduled_date_end
        old_start, old_end = old[:2]
        if (start, end) == (old_start, old_end):
            return {}
        spans = {(block.date_start, block.date_end) for block in blocks}
        if len(spans) <= 1:
            return {block: {"date_start": start, "date_end": end} for block in blocks}
        if not old_start or end - start != old_end - old_start:
            raise UserError(
                self.env._(
                    "%s has several assignments. Change the times of each of them.", self.name
                )
            )
        shift = start - old_start
        return {
            block: {"date_start": block.date_start + shift, "date_end": block.date_end + shift}
            for block in blocks
        }

    # What assignments change

    def _get_plan_snapshot(self):
        """What ``_after_plan_change`` compares with, of jobs whose assignments are about to change.

        Those whose own plan is being typed have their own (``_get_change_snapshot``).
        """
        fields_ = self._get_plan_fields()
        free = self.filtered(
            lambda job: not any(self.env.is_protected(field, job) for field in fields_)
        )
        jobs = free.filtered(lambda job: job.state not in CLOSED_STATES)
        return {
            "ids": free.ids,
            "plans": {job: job._get_plan() for job in jobs},
            "hooks": jobs._get_change_snapshot(PLAN_CHANGE),
        }

    def _after_plan_change(self, before, left_ids):
        """Pass on that assignments of these jobs have changed, and with them their plan.

        :param dict before: ``_get_plan_snapshot`` before the change
        :param left_ids: ids of the jobs that blocks were taken off
        """
        jobs = self.filtered(lambda job: job.state not in CLOSED_STATES)
        jobs.filtered(lambda job: job.id in left_ids)._unplan_without_assignments()
        plans = before["plans"]
        changed = jobs.filtered(lambda job: job in plans and job._get_plan() != plans[job])
        if changed:
            changed._after_change(PLAN_CHANGE, before["hooks"])
        jobs._update_stage_from_assignments()

    def _unplan_without_assignments(self):
        """Clear the plan of the jobs of the set that have no assignment left."""
        planned = self._get_live_assignments(PLAN_STATES)
        jobs = self.filtered(lambda job: job not in planned and job.state not in CLOSED_STATES)
        jobs._clear_people(keep_schedule=False)
        jobs._update_stage_from_assignments()

    def _clear_people(self, keep_schedule=True):
        """Take the workers with an employee file off these jobs; the others stay."""
        for outsiders, jobs in self.grouped(
            lambda job: job.person_ids.filtered(lambda worker: not worker.employee_id)
        ).items():
            vals = {"person_ids": [Command.set(outsiders.ids)]}
            if not keep_schedule and not outsiders:
                vals |= {"scheduled_date_start": False, "scheduled_date_end": False}
            employed = silently(jobs.filtered("person_id.employee_id"))
            employed.write({**vals, "person_id": False})
            silently(jobs - employed).write(vals)

    def _update_stage_from_assignments(self):
        """A confirmed assignment plans its job; without any, the job is to plan again."""
        if not self:
            return
        jobs = self.sudo()  # sudo: the stage follows the plan, whoever plans
        confirmed = jobs._get_live_assignments(("confirmed",))
        jobs.filtered(lambda job: job.state == "to_plan" and job in confirmed)._move_to("planned")
        jobs.filtered(lambda job: job.state == "planned" and job not in confirmed)._move_to(
            "to_plan"
        )
