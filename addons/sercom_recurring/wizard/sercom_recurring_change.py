from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.local_time import local_date

from ..models.fsm_recurring import OPEN_VISIT_STATES


class SercomRecurringChange(models.TransientModel):
    """Change one visit, or it and all future ones; or give future visits what changed."""

    _name = "sercom.recurring.change"
    _description = "Change visits of a recurring job"
    _inherit = "sercom.recurring.dialog"

    fsm_order_id = fields.Many2one("fsm.order", "Visit")
    scope = fields.Selection(
        [("visit", "This visit only"), ("future", "This and all future visits")],
        string="What Changes",
        default="visit",
        required=True,
    )
    date_from = fields.Date(
        "From",
        compute="_compute_date_from",
        store=True,
        readonly=False,
        help="Visits planned before this date stay as they are.",
    )
    date_start = fields.Datetime("Start", compute="_compute_date_start", store=True, readonly=False)
    duration = fields.Float(compute="_compute_duration", store=True, readonly=False)
    person_ids = fields.Many2many(
        "fsm.person",
        string="People",
        compute="_compute_person_ids",
        store=True,
        readonly=False,
        help="The first one is the worker in charge.",
    )
    include_changed = fields.Boolean(
        "Also visits changed apart",
        help="Visits that were moved or given to others on their own follow too.",
    )
    visit_count = fields.Integer("Visits Concerned", compute="_compute_counts")
    changed_count = fields.Integer("Changed Apart", compute="_compute_counts")
    frequency_label = fields.Char(related="fsm_recurring_id.frequency_label")

    @api.model
    def _get_writable_fields(self):
        return {
            **super()._get_writable_fields(),
            "fieldservice.group_fsm_dispatcher": {
                *("fsm_recurring_id", "fsm_order_id", "scope", "date_from", "date_start"),
                *("duration", "person_ids", "include_changed"),
            },
        }

    def _check_targets(self):
        super()._check_targets()
        self.fsm_order_id.check_access("write")
        for wizard in self:
            recurring, visit = wizard.fsm_recurring_id, wizard.fsm_order_id
            if visit and visit.fsm_recurring_id != recurring:
                raise UserError(
                    self.env._(
                        "%(visit)s is no visit of %(recurring)s. Open it from its own visit.",
                        visit=visit.name,
                        recurring=recurring.name,
                    )
                )

    # One method for each field: giving one leaves the others to be computed.

    @api.depends("fsm_order_id", "fsm_recurring_id")
    def _compute_date_from(self):
        for wizard in self:
            recurring = wizard.fsm_recurring_id
            today = recurring._get_today() if recurring else fields.Date.context_today(self)
            wizard.date_from = wizard.fsm_order_id.recurrence_date or today

    @api.depends("fsm_order_id")
    def _compute_date_start(self):
        for wizard in self:
            job = wizard.fsm_order_id
            wizard.date_start = job.scheduled_date_start or job.recurrence_start

    @api.depends("fsm_order_id")
    def _compute_duration(self):
        for wizard in self:
            wizard.duration = wizard.fsm_order_id.scheduled_duration

    @api.depends("fsm_order_id")
    def _compute_person_ids(self):
        for wizard in self:
            job = wizard.fsm_order_id
            wizard.person_ids = [Command.set((job.person_id | job.person_ids).ids)]

    @api.depends("fsm_recurring_id", "date_from", "include_changed")
    def _compute_counts(self):
        for wizard in self:
            after = wizard.date_from
            visits = wizard.fsm_recurring_id._get_open_visits(after) if after else ()
            changed = [
                job for job in visits if job.is_recurrence_changed and job != wizard.fsm_order_id
            ]
            wizard.changed_count = len(changed)
            wizard.visit_count = len(visits) - (0 if wizard.include_changed else len(changed))

    def action_apply(self):
        """Do it, and go back to the visit, or show the recurring job with its visits."""
        self.ensure_one()
        recurring, job = self.fsm_recurring_id, self.fsm_order_id
        recurring._check_is_dispatcher()
        if job:
            self._check_visit()
        if job and self.scope == "visit":
            job.write(self._prepare_visit_vals())
            return {"type": "ir.actions.act_window_close"}
        after = self.date_from
        if job:
            moved_to = local_date(self.date_start, recurring.tz)
            after = min(after, moved_to)
            recurring._take_over_from(job, self.date_start, self.duration, self._get_people())
            # The visit itself follows, whatever was changed on it before.
            job.is_recurrence_changed = False
        recurring._apply_to_visits(after, self.include_changed)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _check_visit(self):
        if not self.date_start or self.duration <= 0:
            raise UserError(
                self.env._("Set a start and a duration for %s.", self.fsm_order_id.name)
            )
        if self.fsm_order_id.state not in OPEN_VISIT_STATES:
            raise UserError(
                self.env._("%s has begun or is closed already.", self.fsm_order_id.name)
            )

    def _get_people(self):
        """People chosen, the visit's own worker first when they stay."""
        worker = self.fsm_order_id.person_id & self.person_ids
        return worker | self.person_ids

    def _prepare_visit_vals(self):
        people = self._get_people()
        return {
            "scheduled_date_start": self.date_start,
            "scheduled_date_end": self.date_start + timedelta(hours=self.duration),
            "scheduled_duration": self.duration,
            "person_id": people[:1].id,
            "person_ids": [Command.set(people.ids)],
        }
