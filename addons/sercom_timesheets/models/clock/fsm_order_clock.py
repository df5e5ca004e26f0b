from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.history import silently


class FsmOrder(models.Model):
    """The job's clock: people clock in and out on it, and its actual times follow."""

    _inherit = "fsm.order"

    attendance_ids = fields.One2many("hr.attendance", "fsm_order_id", string="Clock Entries")
    clock_open_count = fields.Integer(
        "People at Work", compute="_compute_clock_open", compute_sudo=True
    )
    is_clocked_in = fields.Boolean(
        compute="_compute_clock_open",
        compute_sudo=True,
        help="Whether the reader is clocked in on this job.",
    )

    is_own_visit = fields.Boolean(
        compute="_compute_is_own_visit",
        compute_sudo=True,
        help="Whether the reader is one of those planned on this job.",
    )

    @api.depends("assignment_ids.employee_id", "assignment_ids.state")
    @api.depends_context("uid")
    def _compute_is_own_visit(self):
        own = self.env.user.employee_ids
        for job in self:
            blocks = job.assignment_ids.filtered(lambda block: block.state != "cancelled")
            job.is_own_visit = bool(blocks.employee_id & own)

    @api.depends("attendance_ids.check_out", "attendance_ids.employee_id")
    @api.depends_context("uid")
    def _compute_clock_open(self):
        user = self.env.user
        groups = self.env["hr.attendance"]._read_group(
            [("fsm_order_id", "in", self.ids), ("check_out", "=", False)],
            ["fsm_order_id"],
            ["employee_id:recordset"],
        )
        people = {job.id: employees for job, employees in groups}
        for job in self:
            at_work = people.get(job.id, user.employee_ids.browse())
            job.clock_open_count = len(at_work)
            job.is_clocked_in = bool(at_work & user.employee_ids)

    def action_clock_in(self, employee_ids=None, work_type="work", punch=None):
        """Clock people in on the job; what they did until now ends at the same moment.

        :param list employee_ids: ``hr.employee`` ids; the user's own when left out
        :param str work_type: ``work``, or ``travel`` to the site
        :param dict punch: what the device knows: ``hr.attendance.punch`` tells its keys
        :return: the ``hr.attendance`` of each person
        :raises UserError: when the job, the time or the person does not allow it
        """
        self.ensure_one()
        return self.env["hr.attendance"].punch(
            "start", self.id, work_type=work_type, employee_ids=employee_ids, punch=punch
        )

    def action_clock_out(self, employee_ids=None, punch=None, reason="end"):
        """Clock people out of the job.

        :param list employee_ids: ``hr.employee`` ids; the user's own when left out
        :param dict punch: what the device knows: ``hr.attendance.punch`` tells its keys
        :param str reason: ``end``, or ``break`` when they come back to it
        :return: the ``hr.attendance`` that ended
        :raises UserError: when one of them is not clocked in on this job
        """
        self.ensure_one()
        return self.env["hr.attendance"].punch(
            reason, self.id, employee_ids=employee_ids, punch=punch
        )

    def _start_by_clock(self, moment):
        """The first work on the job is its real start."""
        self.ensure_one()
        if not self.date_start or moment < self.date_start:
            silently(self).date_start = moment
        if self.state in ("to_plan", "planned"):
            self._move_to("in_progress")

    def _get_clock_bounds(self):
        """First start and last end of the work on each of these jobs.

        :return: ``{job: (start, end)}``, UTC
        """
        if not self.ids:
            return {}
        groups = self.env["hr.attendance"]._read_group(
            [("fsm_order_id", "in", self.ids), ("work_type", "=", "work")],
            ["fsm_order_id"],
            ["check_in:min", "check_out:max"],
        )
        return {job: (start, end) for job, start, end in groups}

    def _follow_clock(self, before):
        """Move the actual dates of these jobs that came from clock entries which have changed.

        :param dict before: ``_get_clock_bounds`` before the change
        """
        after = self._get_clock_bounds()
        for job in silently(self):
            old_start, old_end = before.get(job, (None, None))
            start, end = after.get(job, (None, None))
            if start != old_start and job.state != "cancelled":
                if old_start and job.date_start == old_start:
                    job.date_start = start or False
                elif start:
                    job._start_by_clock(start)
            if job.state == "done" and old_end and end and job.date_end == old_end:
                job.date_end = end

    def _after_transition(self, state):
        if state == "done":
            # sudo: the clock writes a job's actual dates, whoever completes it
            self.sudo()._end_by_clock()
        return super()._after_transition(state)

    def _end_by_clock(self):
        """The last work on these jobs is their real end."""
        ends = self.env["hr.attendance"]._read_group(
            [
                ("fsm_order_id", "in", self.filtered(lambda job: not job.date_end).ids),
                ("work_type", "=", "work"),
                ("check_out", "!=", False),
                ("review_reason", "=", False),
            ],
            ["fsm_order_id"],
            ["check_out:max"],
        )
        for job, end in ends:
            job.date_end = end
