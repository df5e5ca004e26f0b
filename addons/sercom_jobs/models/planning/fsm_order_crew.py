from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER

from ..job.fsm_order import CLOSED_STATES


class FsmOrder(models.Model):
    """How many people a job needs, and what they must know."""

    _inherit = "fsm.order"

    people_count = fields.Integer(
        "People", default=1, help="How many people the job needs at the same time."
    )
    skill_ids = fields.Many2many(
        "hr.skill",
        "fsm_order_skill_rel",
        "fsm_order_id",
        "skill_id",
        string="Required Skills",
        compute="_compute_skill_ids",
        store=True,
        readonly=False,
        help="Skills that the job's services ask for, and those added here.",
    )
    is_to_assign = fields.Boolean(
        "Lacks People",
        compute="_compute_is_to_assign",
        search="_search_is_to_assign",
        help="The job is open, and fewer people are planned than it needs.",
    )

    @api.depends("sale_line_ids.product_id")
    def _compute_skill_ids(self):
        for job in self:
            # A skill somebody added stays; the services add theirs.
            job.skill_ids |= job.sale_line_ids.product_id.skill_ids

    @api.depends("state", "people_count", "assignment_ids.state", "assignment_ids.employee_id")
    def _compute_is_to_assign(self):
        planned = dict(
            self.env["sercom.assignment"]._read_group(
                Domain("fsm_order_id", "in", self.ids) & Domain("state", "!=", "cancelled"),
                ["fsm_order_id"],
                ["employee_id:count_distinct"],
            )
        )
        for job in self:
            is_open = job.state not in CLOSED_STATES
            job.is_to_assign = is_open and planned.get(job._origin, 0) < job.people_count

    def _search_is_to_assign(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "not in", CLOSED_STATES) & Domain.custom(
            to_sql=self._get_to_assign_sql
        )

    def _get_to_assign_sql(self, model, alias, query):
        return SQL(
            """
            (SELECT COUNT(DISTINCT block.employee_id)
               FROM sercom_assignment block
              WHERE block.fsm_order_id = %s AND block.state != 'cancelled'
            ) < GREATEST(%s, 1)
            """,
            SQL.identifier(alias, "id"),
            SQL.identifier(alias, "people_count"),
        )

    def action_plan_visit(self):
        """To plan → Planned; without a start or a worker, open the free slots: booking plans.

        :raises UserError: naming the job and its site, when it has none
        """
        self.ensure_one()
        # What is asked elsewhere than in a slot is asked first.
        if self.location_id and self._get_missing_to_plan():
            return self.action_find_slot()
        return self.action_plan()

    def action_find_slot(self):
        """Open the free slots for this one job, each with its reasons."""
        self.ensure_one()
        return self.env["sercom.slot.find"].create({"fsm_order_id": self.id}).action_search()

    def _has_only_outsiders(self):
        """Whether no worker of this one job has an employee file: nobody would be planned."""
        workers = self.person_id | self.person_ids
        # sudo: employee files are not the office's to read
        return bool(workers) and not workers.sudo().employee_id

    def _is_ready_to_plan(self):
        return super()._is_ready_to_plan() and not self._has_only_outsiders()

    def _check_can_plan(self):
        super()._check_can_plan()
        if self.env.su:
            return
        for job in self:
            if job._has_only_outsiders():
                raise UserError(
                    self.env._(
                        "%(worker)s has no employee file, so nobody would be planned on %(job)s. "
                        "Choose somebody else, or have a manager set the employee file of the "
                        "worker.",
                        worker=(job.person_id or job.person_ids[:1]).name,
                        job=job.name,
                    )
                )

    @api.constrains("people_count")
    def _check_people_count(self):
        for job in self:
            if job.people_count < 1:
                raise ValidationError(
                    self.env._("%s needs at least one person. Say how many.", job.name)
                )

    def _get_missing_people(self):
        """How many people this one job still lacks; one at least, for a visit more."""
        self.ensure_one()
        blocks = self.assignment_ids.filtered(lambda block: block.state != "cancelled")
        return max(1, self.people_count - len(blocks.employee_id))

    def _get_planners(self):
        """Whom to tell that the plan of each job no longer holds: who made it, or a dispatcher.

        :return: ``{job: res.users}``
        """
        candidates = {}
        for job in self.sudo():  # sudo: who planned is told, whoever changes the job
            blocks = job.assignment_ids.sorted("write_date", reverse=True)
            users = (blocks.create_uid, blocks.write_uid, job.service_file_id.user_id)
            candidates[job] = [user for some in (*users, job.create_uid) for user in some]
        planners = self.env["res.users"]._get_recipients(candidates, DISPATCHER)
        return {job: user or self.env.user for job, user in planners.items()}
