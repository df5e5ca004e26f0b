from odoo import api, fields, models

from ...tools.job.left_behind import LeftBehind
from ...tools.job.schedule import get_visit_hours
from .sercom_assignment import LIVE_STATES
from .sercom_assignment_conflict import KEEP_PLAN


class FsmOrder(models.Model):
    """The job's assignments, and what closing and reopening it does to them."""

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
        # sudo: the job's plan is all of it, whoever reads part of it
        blocks = blocks.sudo().search([("fsm_order_id", "in", self.ids), ("state", "in", states)])
        by_job = blocks.grouped("fsm_order_id")
        return {job: by_job[job] for job in self if job in by_job}

    # Screens

    def action_view_assignments(self):
        """Show this job's assignments, in a calendar or a list."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_jobs.sercom_assignment_action"
        )
        action["domain"] = [("fsm_order_id", "=", self.id)]
        action["context"] = {"default_fsm_order_id": self.id, "search_default_group_person": 1}
        return action

    # Life cycle

    def _after_transition(self, state):
        res = super()._after_transition(state)
        self._move_assignments(state)
        return res

    def _move_assignments(self, state):
        """Make the assignments of jobs that have just moved to ``state`` agree with it."""
        by_job = self._get_live_assignments()
        # sudo: blocks follow their job, also a technician's completion
        blocks = self.env["sercom.assignment"].sudo().concat(*by_job.values())
        if state == "planned":
            # A job that is planned as one of its blocks was confirmed leaves the others drafts.
            confirmed = blocks.filtered(lambda block: block.state == "confirmed")
            told = confirmed.fsm_order_id
            blocks.filtered(lambda block: block.fsm_order_id not in told).action_confirm()
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

    def _get_left_behind(self):
        left = super()._get_left_behind()
        for job, blocks in self._get_live_assignments().items():
            told = blocks.filtered(lambda block: block.state == "confirmed")
            names = ", ".join((told or blocks).employee_id.mapped("name"))
            words = (
                self.env._("Visits confirmed with %s: told at once. Call the client.", names)
                if told
                else self.env._("Visits drafted for %s: nobody was told.", names)
            )
            left.append(LeftBehind(job, "people", words, told or blocks))
        return left

    def _after_reopen(self):
        """Give reopened jobs their assignments back, those whose time is still free."""
        res = super()._after_reopen()
        # sudo: blocks follow their job, whoever reopens it
        blocks = self.env["sercom.assignment"].sudo()
        # Time off that came meanwhile is told with the block: the job reopens all the same.
        blocks = KEEP_PLAN(blocks).search(
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
        for state, own in free.grouped(
            lambda block: "draft" if block.fsm_order_id.state == "to_plan" else "confirmed"
        ).items():
            own.write({"state": state})
        taken = blocks - free
        taken.write({"state": "cancelled", "is_dropped_by_job": False})
        jobs = taken.fsm_order_id
        jobs._message_log_batch(
            {
                job.id: self.env._(
                    "Not planned again, as the time is taken: %s.",
                    "; ".join(block._get_label() for block in own),
                )
                for job, own in taken.grouped("fsm_order_id").items()
            }
        )
        jobs._unplan_without_assignments()
        return res
