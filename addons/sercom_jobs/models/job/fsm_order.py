from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.sercom_requests.tools.client import CLIENT_DOMAIN

from .fsm_stage import JOB_STATES

OPEN_STATES = ("to_plan", "planned", "in_progress")
CLOSED_STATES = ("done", "cancelled")


class FsmOrder(models.Model):
    """The job: its records, and its life from *to plan* to *done* or *cancelled*.

    How it works: ``state`` follows the stage. Whoever moves the stage (``action_*``, a drag in
    the kanban, an import) passes ``write``, which checks the move once for the whole set.
    """

    _inherit = "fsm.order"

    state = fields.Selection(
        JOB_STATES,
        string="Job State",
        compute="_compute_state",
        store=True,
        index=True,
        precompute=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        domain=CLIENT_DOMAIN,
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        tracking=True,
    )
    contact_id = fields.Many2one(
        "res.partner",
        compute="_compute_contact_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        help="Person to call or to meet on site.",
    )
    sla_text = fields.Html(related="sale_id.sla_text", string="Service Level")
    contact_phone = fields.Char(related="contact_id.phone", string="Contact Phone")
    scheduled_date_start = fields.Datetime(index="btree_not_null", tracking=True)
    person_id = fields.Many2one(tracking=True)
    # What was done once is not done on a duplicate.
    date_start = fields.Datetime(copy=False)
    date_end = fields.Datetime(copy=False)
    resolution = fields.Html(copy=False)
    current_date = fields.Datetime(copy=False)
    team_id = fields.Many2one(check_company=True)
    stage_id = fields.Many2one(check_company=True)
    is_office = fields.Boolean(
        compute="_compute_is_office",
        help="Whether the reader may change the job's client, site and worker.",
    )
    # fieldservice relates it to the name; in a calendar the number alone says nothing.
    display_name = fields.Char(related=None, compute="_compute_display_name")

    @api.depends("stage_id.job_state")
    def _compute_state(self):
        for job in self:
            job.state = job.stage_id.job_state or "to_plan"

    @api.depends("sale_id", "location_id")
    def _compute_partner_id(self):
        for job in self:
            site = job.location_id
            known = (site.owner_id | site.contact_id).commercial_partner_id
            if job.sale_id:
                # What is typed on a form is passed on to the order once it is saved.
                is_typed = job.partner_id and job != job._origin and job._origin.sale_id
                job.partner_id = job.partner_id if is_typed else job.sale_id.partner_id
            elif not job.partner_id or (site and job.partner_id.commercial_partner_id not in known):
                job.partner_id = job.opportunity_id.partner_id or site.owner_id

    @api.depends("partner_id", "location_id")
    def _compute_contact_id(self):
        for job in self:
            job.contact_id = job.contact_id or job._find_contact()

    @api.depends("location_id", "company_id")
    def _compute_team_id(self):
        # OVERRIDE fieldservice: the team is of the job's company, not of the user's.
        for company, jobs in self.grouped("company_id").items():
            default = None
            for job in jobs:
                team = job.location_id.team_id
                if team.company_id != company:
                    team = default = default or jobs.with_company(company)._default_team_id()
                job.team_id = team

    def _default_team_id(self):
        # OVERRIDE fieldservice: the company's own, which was made with the company.
        company = self.env.company
        # sudo: who makes a job need not read the teams of its company
        Team = self.env["fsm.team"].sudo()
        if team := Team.search([("company_id", "=", company.id)], order="sequence", limit=1):
            return team
        raise UserError(
            self.env._(
                "%s has no team of workers. Set one in Configuration, Teams.",
                company.name,
            )
        )

    @api.depends_context("uid")
    def _compute_is_office(self):
        self.is_office = self.env.user.has_group("fieldservice.group_fsm_user")

    @api.depends("name", "subject", "partner_id")
    @api.depends_context("job_with_subject", "uid")
    def _compute_display_name(self):
        told = self.browse()
        if self.env.context.get("job_with_subject"):
            # Names of linked records are read as superuser: whose job it is, is told to who may
            # open it.
            told = self._filter_readable_by_user()
        for job in self:
            words = (job.name, job.partner_id.name, job.subject) if job in told else (job.name,)
            job.display_name = " · ".join(filter(None, words))

    # Changes

    @api.model
    def _prepare_new_vals(self, vals_list):
        vals_list = super()._prepare_new_vals(vals_list)
        # One default for all: fieldservice searches it for each job.
        stages = {}
        for vals in vals_list:
            state = vals.pop("state", None) or "to_plan"
            if "stage_id" not in vals:
                key = (vals.get("company_id") or self.env.company.id, state)
                if key not in stages:
                    company = self.env["res.company"].browse(key[0])
                    stages[key] = self._get_stage(state, company).id
                vals["stage_id"] = stages[key]
        # The numbers too, which fieldservice draws one by one.
        unnamed = [
            vals for vals in vals_list if vals.get("name", self.env._("New")) == self.env._("New")
        ]
        numbers = self.env["ir.sequence"]._next_numbers_by_code("fsm.order", len(unnamed))
        for vals, number in zip(unnamed, numbers, strict=True):
            vals["name"] = number or self.env._("New")
        return vals_list

    def _after_create(self, vals_list):
        super()._after_create(vals_list)
        self.filtered(lambda job: not job.sale_id)._open_orders()

    def _prepare_change(self, vals):
        batches = super()._prepare_change(vals)
        if "state" not in vals:
            return batches
        # A state is reached by its stage, with all the checks of it.
        staged = []
        for jobs, values in batches:
            rest = {name: value for name, value in values.items() if name != "state"}
            there = jobs.filtered(lambda job: job.state == vals["state"])
            staged.append((there, rest))
            for company, moving in (jobs - there).grouped("company_id").items():
                stage = self._get_stage(vals["state"], company)
                staged.append((moving, {"stage_id": stage.id, **rest}))
        return [(jobs, values) for jobs, values in staged if jobs and values]

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        stage = self.env["fsm.stage"].browse(vals.get("stage_id"))
        if stage:
            moving = self.filtered(lambda job: job.state != stage.job_state)
            reopened = moving.filtered(lambda job: job.state in CLOSED_STATES)
            if moving:
                moving._check_transition(stage.job_state)
            before["transition"] = (stage.job_state, moving, reopened)
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        state, moved, reopened = before.get("transition", (None, self[:0], self[:0]))
        if moved:
            moved._after_transition(state)
        if reopened and state not in CLOSED_STATES:
            reopened._after_reopen()

    def _check_is_office(self):
        if not self.env.user.has_group("fieldservice.group_fsm_user"):
            raise AccessError(
                self.env._(
                    "Only the office reopens %s, or closes it otherwise. Call them.",
                    self[:1].name,
                )
            )

    def _get_unlink_snapshot(self):
        # An order that Sercom opened for the job and that never got a line goes with it.
        # sudo: who deletes jobs may not see or delete their orders
        orders = self.sudo().sale_id.filtered(lambda order: not order.order_line)
        return {**super()._get_unlink_snapshot(), "orders": orders}

    def _after_unlink(self, before):
        super()._after_unlink(before)
        before["orders"].filtered(lambda order: not order.fsm_order_ids)._drop_if_empty()

    # Life cycle

    def action_plan(self):
        """To plan → Planned.

        :raises UserError: naming the job and what it still needs
        """
        return self._move_to("planned")

    def action_unplan(self):
        """Planned → To plan."""
        return self._move_to("to_plan")

    def action_start(self):
        """To plan or Planned → In progress; notes the actual start."""
        return self._move_to("in_progress")

    def action_complete(self):
        """Any open job → Done; notes the actual end."""
        # OVERRIDE fieldservice, whose stage is one fixed record.
        return self.with_context(bypass_order_completed_stage=True)._move_to("done")

    def action_cancel(self):
        """Any open job → Cancelled; dispatchers only, who say why."""
        # OVERRIDE fieldservice, whose stage is one fixed record.
        return self._move_to("cancelled")

    def action_reopen(self, reason=None):
        """Done or Cancelled → the state the job had reached before; completing is undone.

        :param str reason: kept in the chatter
        :raises UserError: when the job is open, or its order is cancelled
        """
        self._check_can_reopen()
        started = self.filtered("date_start")
        planned = (self - started).filtered(lambda job: job._is_ready_to_plan())
        started._move_to("in_progress")
        planned._move_to("planned")
        (self - started - planned)._move_to("to_plan")
        for job in self:
            job.message_post(
                body=self.env._("Reopened: %s", reason) if reason else self.env._("Reopened.")
            )
        return True

    def _move_to(self, state):
        for company, jobs in self.grouped("company_id").items():
            jobs.write({"stage_id": self._get_stage(state, company).id})
        return True

    @api.model
    def _get_stage(self, state, company):
        """First stage of ``company`` that stands for ``state``."""
        stage = self.env["fsm.stage"].search(
            Domain("stage_type", "=", "order")
            & Domain("job_state", "=", state)
            & Domain("company_id", "in", (company.id, False)),
            order="company_id, sequence",
            limit=1,
        )
        if not stage:
            raise UserError(
                self.env._(
                    "No job stage stands for “%s”. Set one in Configuration, Stages.",
                    dict(self._fields["state"]._description_selection(self.env))[state],
                )
            )
        return stage

    def _check_transition(self, state):
        """Refuse moving the jobs of the set to ``state`` when one of them may not go there."""
        closed = self.filtered(lambda job: job.state in CLOSED_STATES)
        if state not in CLOSED_STATES:
            closed._check_can_reopen()
        else:
            closed._check_can_close_otherwise()
        check = {
            "to_plan": self._check_can_unplan,
            "planned": self._check_can_plan,
            "in_progress": self._check_can_start,
            "cancelled": self._check_can_cancel,
        }.get(state)
        if check:
            check()

    def _check_can_close_otherwise(self):
        """A job closed by mistake is closed the other way by the office, until it is billed."""
        if self and not self.env.su:
            self._check_is_office()
        for job in self.sudo():  # sudo: whether it is invoiced, for who reads no invoices
            if job.invoice_lines._is_billed():
                raise UserError(
                    self.env._("%s is invoiced. Cancel or credit its invoice first.", job.name)
                )

    def _get_missing_to_plan(self):
        """What this one job still needs before it can be planned, in words."""
        self.ensure_one()
        missing = []
        if not self.location_id:
            missing.append(self.env._("a site"))
        if not self.scheduled_date_start:
            missing.append(self.env._("a start"))
        if not self.person_id and not self.person_ids:
            missing.append(self.env._("a worker"))
        return missing

    def _is_ready_to_plan(self):
        """Hook: whether this one job has all that it needs to be planned again."""
        return not self._get_missing_to_plan()

    def _check_can_unplan(self):
        """Refuse that somebody on site takes a job off the plan: its visits would be drafts."""
        if not (self.env.su or self.env.user.has_group("fieldservice.group_fsm_user")):
            raise AccessError(
                self.env._("Only the office takes %s off the plan. Call them.", self[0].name)
            )

    def _check_can_plan(self):
        for job in self:
            if missing := job._get_missing_to_plan():
                raise UserError(
                    self.env._(
                        "%(job)s cannot be planned yet: set %(missing)s first.",
                        job=job.name,
                        missing=", ".join(missing),
                    )
                )

    def _check_can_start(self):
        self._check_order_alive()

    def _check_can_cancel(self):
        if self.env.su or self.env.user.has_group("fieldservice.group_fsm_dispatcher"):
            return
        raise AccessError(
            self.env._("Only a dispatcher can cancel %s. Ask the office.", self._get_told_name())
        )

    def _check_can_reopen(self):
        if self and not self.env.su:
            self._check_is_office()
        for job in self:
            if job.state not in CLOSED_STATES:
                raise UserError(self.env._("%s is already open.", job.name))
        self._check_order_alive()

    def _check_order_alive(self):
        for job in self.sudo():  # sudo: technicians read no orders
            if job.sale_id.state == "cancel":
                raise UserError(
                    self.env._(
                        "The order %(order)s of %(job)s is cancelled. Confirm it again first.",
                        order=job.sale_id.name,
                        job=job.name,
                    )
                )

    def _after_reopen(self):
        """Hook: undo, on jobs that have just been reopened, what closing them did."""

    def _after_transition(self, state):
        """Note the actual times of jobs that have just moved to ``state``."""
        now = fields.Datetime.now()
        jobs = self.sudo()  # sudo: nobody in the field writes the actual times by hand
        if state in ("in_progress", "done"):
            for end, started in (
                jobs.filtered(lambda job: not job.date_start)
                .grouped(lambda job: job.date_end)
                .items()
            ):
                started.date_start = end or now  # no job ends before it began
        if state == "done":
            jobs.filtered(lambda job: not job.date_end).date_end = now
        else:
            jobs.filtered("date_end").date_end = False
