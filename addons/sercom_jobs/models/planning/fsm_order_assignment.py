from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...tools.job.schedule import get_visit_hours
from ..job.fsm_order import CLOSED_STATES
from ..job.fsm_order_schedule import SCHEDULE_FIELDS
from .sercom_assignment import LIVE_STATES

PLAN_FIELDS = {*SCHEDULE_FIELDS, "person_id", "person_ids"}


class FsmOrder(models.Model):
    """The job's assignments, and its own workers and schedule, which follow them.

    How it works: assignments are the truth. Whatever changes them calls
    ``_follow_assignments``, which writes the job's ``scheduled_date_*``, ``person_id``,
    ``person_ids`` and stage. Whoever writes those fields of the job instead (OCA's views, an
    import, a drag in the calendar) changes its assignments through ``_plan_as_written``.
    Workers without an employee have no assignment: they stay as they are written.
    """

    _inherit = "fsm.order"

    assignment_ids = fields.One2many("sercom.assignment", "fsm_order_id", string="Assignments")
    assignment_count = fields.Integer(
        compute="_compute_assignment_totals", store=True, compute_sudo=True
    )
    planned_hours = fields.Float(
        compute="_compute_assignment_totals",
        store=True,
        compute_sudo=True,
        help="Hours of work planned for all people together. Two people for 3 hours are 6.",
    )

    @api.depends("assignment_ids.planned_hours", "assignment_ids.state")
    def _compute_assignment_totals(self):
        totals = {
            job.id: (count, hours)
            for job, count, hours in self.env["sercom.assignment"]._read_group(
                [("fsm_order_id", "in", self.ids), ("state", "!=", "cancelled")],
                ["fsm_order_id"],
                ["__count", "planned_hours:sum"],
            )
        }
        for job in self:
            job.assignment_count, job.planned_hours = totals.get(job._origin.id, (0, 0.0))

    # From the job to its assignments

    def _after_create(self, vals_list):
        super()._after_create(vals_list)
        ids = [
            job.id
            for job, vals in zip(self, vals_list, strict=True)
            if not PLAN_FIELDS.isdisjoint(vals) and "assignment_ids" not in vals
        ]
        self.browse(ids)._plan_as_written()

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        follows = self.env.context.get("from_assignment") or "assignment_ids" in vals
        if not follows and not PLAN_FIELDS.isdisjoint(vals):
            before["plan"] = {job: job._get_written_plan() for job in self}
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if plans := before.get("plan"):
            changed = self.filtered(lambda job: job._get_written_plan() != plans[job])
            changed._plan_as_written(plans, keep_people="person_ids" in vals)
        if "location_id" in vals:
            self._follow_site()

    def _follow_site(self):
        """The people of these jobs go to their new site: their calendars and warnings say so."""
        blocks = self.env["sercom.assignment"].sudo().concat(*self._get_live_assignments().values())
        for block in blocks:
            block._move_event()
        blocks._refresh_warnings()

    def _get_written_plan(self):
        """This job's own schedule and workers: ``(start, end, worker, workers)``."""
        return (
            self.scheduled_date_start,
            self.scheduled_date_end,
            self.person_id,
            self.person_ids,
        )

    def _plan_as_written(self, before=None, keep_people=True):
        """Give these jobs the assignments that their schedule and workers ask for.

        :param dict before: ``{job: _get_written_plan()}`` before the change; none for new jobs
        :param bool keep_people: whether the former worker stays when only the worker changed
        """
        Assignment = self.env["sercom.assignment"].with_context(from_job=True)
        blocks_by_job = self._get_live_assignments()
        new, moves, dropped = [], {}, Assignment.browse()
        for job in self.filtered(lambda job: job.state not in CLOSED_STATES):
            blocks = blocks_by_job.get(job, Assignment.browse())
            if not job.scheduled_date_start or not job.scheduled_date_end:
                dropped |= blocks
                continue
            old = (before or {}).get(job)
            people = job._get_written_people(old, keep_people)
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
        dropped.with_env(Assignment.env)._drop()
        if moves:
            Assignment.move_blocks(moves)
        if new:
            Assignment.create(new)

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

    def _get_block_hours(self):
        """Hours of a new block on this one job, when nobody says its length."""
        self.ensure_one()
        first = self.assignment_ids.filtered(lambda block: block.state != "cancelled")[:1]
        if first:
            return (first.date_end - first.date_start).total_seconds() / 3600
        return get_visit_hours(self.scheduled_duration, self.sold_hours, self.people_count)

    def _get_live_assignments(self, states=LIVE_STATES):
        """Assignments of these jobs that are in one of ``states``.

        :return: ``{job: sercom.assignment}``, jobs without any left out
        """
        blocks = self.env["sercom.assignment"]
        if not self.ids:
            return {}
        blocks = blocks.sudo().search([("fsm_order_id", "in", self.ids), ("state", "in", states)])
        by_job = blocks.grouped("fsm_order_id")
        return {job: by_job[job] for job in self if job in by_job}

    def _get_written_people(self, old, keep_people):
        """Employees whom this one job names as its workers.

        :param old: ``_get_written_plan()`` before the change, or ``None``
        """
        workers = self.person_ids
        if old and not keep_people and old[2] != self.person_id:
            workers -= old[2]
        return (self.person_id | workers).employee_id.sudo()

    def _get_shifts(self, blocks, old):
        """New times of this one job's blocks, after the job itself was moved.

        :param old: ``_get_written_plan()`` before the change
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

    # From the assignments to their job

    def _follow_assignments(self, before):
        """Make the open jobs of the set agree with their assignments.

        :param dict before: snapshot of the assignments that changed, before the change
        """
        touched = {values["fsm_order_id"] for values in before.values()}
        blocks_by_job = self._get_live_assignments((*LIVE_STATES, "done"))
        people = (
            self.env["hr.employee"]
            .sudo()
            .union(*(blocks.employee_id for blocks in blocks_by_job.values()))
        )
        workers = people._get_fsm_persons()
        for job in self.sudo().with_context(from_assignment=True):
            if job.state in CLOSED_STATES:
                continue
            blocks = blocks_by_job.get(job)
            if blocks:
                vals = job._prepare_plan_vals(blocks, workers)
            elif job.id in touched or not before:
                vals = job._prepare_unplanned_vals()
            else:
                continue
            vals = {name: value for name, value in vals.items() if job._differs(name, value)}
            if not SCHEDULE_FIELDS.isdisjoint(vals):
                vals = {**{name: job[name] for name in SCHEDULE_FIELDS}, **vals}
            if vals:
                job.with_context(tracking_disable=True).write(vals)
            job._follow_stage(blocks)

    def _differs(self, name, value):
        if name == "person_ids":
            return set(value[0][2]) != set(self.person_ids.ids)
        return (self[name].id if name == "person_id" else self[name]) != value

    def _prepare_plan_vals(self, blocks, workers):
        """Schedule and workers of this one job, from its assignments.

        :param dict workers: ``{employee: fsm.person}`` of all of them
        """
        people = blocks.filtered("is_leader").employee_id or blocks.employee_id
        current = self.person_id.employee_id
        lead = current if current in people else people[0]
        outsiders = self.person_ids.filtered(lambda worker: not worker.employee_id)
        start, end = min(blocks.mapped("date_start")), max(blocks.mapped("date_end"))
        ids = [workers[person].id for person in blocks.employee_id]
        return {
            "scheduled_date_start": start,
            "scheduled_date_end": end,
            "scheduled_duration": (end - start).total_seconds() / 3600,
            "person_id": workers[lead].id,
            "person_ids": [Command.set([*ids, *outsiders.ids])],
        }

    def _prepare_unplanned_vals(self):
        """Schedule and workers of this one job, whose last assignment has just gone."""
        outsiders = self.person_ids.filtered(lambda worker: not worker.employee_id)
        vals = {"person_ids": [Command.set(outsiders.ids)]}
        if self.person_id.employee_id:
            vals["person_id"] = False
        if not self.env.context.get("from_job") and not outsiders:
            vals.update(scheduled_date_start=False, scheduled_date_end=False)
        return vals

    def _follow_stage(self, blocks):
        """A confirmed assignment plans this one job; without any, it is to plan again."""
        confirmed = blocks and "confirmed" in blocks.mapped("state")
        if self.state == "to_plan" and confirmed:
            self._move_to("planned")
        elif self.state == "planned" and not confirmed and not self.env.context.get("from_job"):
            self._move_to("to_plan")

    # Screens

    def action_view_assignments(self):
        """Show this job's assignments, in a calendar or a list."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_jobs.sercom_assignment_action"
        )
        action["domain"] = [("fsm_order_id", "=", self.id)]
        action["context"] = {"default_fsm_order_id": self.id, "search_default_group_person": 1}
        return action

    # Life cycle

    def _after_transition(self, state):
        res = super()._after_transition(state)
        if not self.env.context.get("from_assignment"):
            self._move_assignments(state)
        return res

    def _move_assignments(self, state):
        """Make the assignments of jobs that have just moved to ``state`` follow."""
        by_job = self._get_live_assignments()
        blocks = self.env["sercom.assignment"].sudo().with_context(from_job=True)
        blocks = blocks.concat(*by_job.values())
        if state == "planned":
            blocks.action_confirm()
        elif state == "to_plan":
            blocks.action_draft()
        elif state == "cancelled":
            blocks.write({"state": "cancelled", "is_dropped_by_job": True})
        elif state == "done":
            now = fields.Datetime.now()
            begun = blocks.filtered(lambda block: block.date_start <= now).fsm_order_id
            # A job done before its day was still planned: only visits after others are spared.
            ahead = blocks.filtered(
                lambda block: block.date_start > now and block.fsm_order_id in begun
            )
            ahead.write({"state": "cancelled", "is_dropped_by_job": True})
            (blocks - ahead).write({"state": "done"})

    def _after_reopen(self):
        """Give reopened jobs their assignments back, those whose time is still free."""
        res = super()._after_reopen()
        blocks = self.env["sercom.assignment"].sudo()
        # Time off that came meanwhile is told with the block: the job reopens all the same.
        blocks = blocks.with_context(from_job=True, keep_plan=True).search(
            [
                ("fsm_order_id", "in", self.ids),
                "|",
                ("state", "=", "done"),
                "&",
                ("state", "=", "cancelled"),
                ("is_dropped_by_job", "=", True),
            ]
        )
        free = blocks._filter_free()
        for job, taken in (blocks - free).grouped("fsm_order_id").items():
            taken.write({"state": "cancelled", "is_dropped_by_job": False})
            job._message_log(
                body=self.env._(
                    "Not planned again, as the time is taken: %s.",
                    "; ".join(block._get_label() for block in taken),
                )
            )
        for job, own in free.grouped("fsm_order_id").items():
            own.write({"state": "draft" if job.state == "to_plan" else "confirmed"})
        (self & (blocks - free).fsm_order_id).sudo()._follow_assignments({})
        return res
