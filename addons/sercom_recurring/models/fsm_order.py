from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date, format_datetime, html2plaintext

from odoo.addons.sercom_jobs.models.job.fsm_order_schedule import SCHEDULE_FIELDS
from odoo.addons.sercom_requests.tools.actions import window_action
from odoo.addons.sercom_requests.tools.field_access import OFFICE, merge_fields
from odoo.addons.sercom_requests.tools.local_time import local_date

VISIT_FIELDS = {*SCHEDULE_FIELDS, "person_id", "person_ids"}


class FsmOrder(models.Model):
    """A visit of a recurring job: it keeps the date it was made for, and what was changed on it."""

    _inherit = "fsm.order"

    fsm_recurring_id = fields.Many2one(
        string="Recurring Job", index="btree_not_null", check_company=True, copy=False
    )
    recurrence_date = fields.Date(
        "Planned For",
        copy=False,
        readonly=True,
        help="Date, on the site, that this visit was made for. Moving the visit keeps it.",
    )
    recurrence_start = fields.Datetime("Planned Start", copy=False, readonly=True)
    is_recurrence_changed = fields.Boolean(
        "Changed Apart",
        copy=False,
        help="This visit was moved or given to others on its own: changes of the recurring job "
        "leave it as it is, unless you ask.",
    )
    is_recurrence_released = fields.Boolean(
        copy=False,
        readonly=True,
        help="Cancelled by a suspension or an end: its date may have another visit.",
    )

    _recurrence_uniq = models.UniqueIndex(
        """(fsm_recurring_id, recurrence_date)
        WHERE fsm_recurring_id IS NOT NULL AND recurrence_date IS NOT NULL
        AND is_recurrence_released IS NOT TRUE""",
        "The recurring job already has a visit for this date.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {OFFICE: {"is_recurrence_changed"}})

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if not VISIT_FIELDS.isdisjoint(vals):
            before["visits"] = self.filtered("fsm_recurring_id")._get_visit_plans()
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if visits := before.get("visits"):
            after = self.browse().concat(*visits)._get_visit_plans()
            changed = self.filtered(
                lambda job: (
                    job in visits and visits[job] != after[job] and not job.is_recurrence_changed
                )
            )
            # sudo: the mark is nobody's to write by hand
            changed.sudo().is_recurrence_changed = True

    def _get_visit_plans(self):
        """When and with whom these visits are: ``{job: plan}``."""
        return {
            job: (job.scheduled_date_start, job.scheduled_duration, job.person_id | job.person_ids)
            for job in self
        }

    def _get_unlink_snapshot(self):
        before = super()._get_unlink_snapshot()
        # A visit that somebody deletes is not made again.
        before["skips"] = [
            {
                "fsm_recurring_id": job.fsm_recurring_id.id,
                "date": job.recurrence_date,
                "reason": self.env._("%s deleted", job.name),
            }
            for job in self
            if job.fsm_recurring_id and job.recurrence_date and not job.is_recurrence_released
        ]
        return before

    def _after_unlink(self, before):
        super()._after_unlink(before)
        # sudo: nobody writes the days left out by hand
        self.env["sercom.recurring.skip"].sudo().create(before["skips"])

    def _get_visit_label(self, start=None):
        """Number, client and time of this one visit, as messages name it."""
        self.ensure_one()
        start = start or self.scheduled_date_start
        if start:
            when = format_datetime(
                self.env, start, tz=self.fsm_recurring_id.tz, dt_format="EEE d MMM y HH:mm"
            )
        else:
            when = format_date(self.env, self.recurrence_date) if self.recurrence_date else ""
        return " · ".join(filter(None, (self.name, self.partner_id.name, when)))

    def _confirm_assignments(self):
        self.assignment_ids.action_confirm()

    # Life

    def _after_transition(self, state):
        res = super()._after_transition(state)
        if state == "cancelled":
            self.filtered("fsm_recurring_id")._drop_visit_lines()
        if state != "to_plan" and (visits := self.filtered("fsm_recurring_id")):
            # sudo: activities of dispatchers
            visits.sudo().activity_unlink(["sercom_recurring.activity_type_visit_to_plan"])
        return res

    def _after_reopen(self):
        res = super()._after_reopen()
        self.filtered("fsm_recurring_id")._take_visit_back()
        return res

    def _drop_visit_lines(self):
        """A visit that does not take place is not billed: its own lines go down to nothing."""
        # sudo: lines follow the visit, whoever cancels it
        self.sudo().sale_line_ids._get_open_recurring_lines().product_uom_qty = 0

    def _take_visit_back(self):
        """Give visits that were cancelled their date and their lines again."""
        visits = self.sudo()  # sudo: lines follow the visit, whoever takes it back
        visits.is_recurrence_released = False
        for job in visits:
            for line in job.sale_line_ids._get_open_recurring_lines():
                if not line.product_uom_qty:
                    line.product_uom_qty = line.recurring_line_id.product_uom_qty

    # Order

    def _open_orders(self):
        by_period = self.filtered(
            # sudo: technicians read no recurring jobs
            lambda job: job.sudo().fsm_recurring_id.billing_mode in ("period", "fixed")
        )
        # sudo: a job has an order, whoever makes the job
        for recurring, jobs in by_period.sudo().grouped("fsm_recurring_id").items():
            recurring._join_period_orders(jobs)
        return super(FsmOrder, self - by_period)._open_orders()

    def _fill_orders(self):
        super()._fill_orders()
        # sudo: a visit has its lines, whoever makes it
        visits = self.sudo().filtered(lambda job: job.recurrence_date and not job.sale_line_ids)
        for recurring, jobs in visits.grouped("fsm_recurring_id").items():
            recurring._add_visit_lines(jobs)

    def _check_can_invoice(self):
        for job in self.sudo():  # sudo: who bills may not read recurring jobs
            order = job.sale_id
            lines = job.sale_line_ids.filtered(lambda line: not line.display_type)
            if order.recurring_period and not lines:
                raise UserError(
                    self.env._(
                        "%(job)s is part of a fixed price by period. Bill the order %(order)s.",
                        job=job.name,
                        order=order.name,
                    )
                )
        return super()._check_can_invoice()

    # Job → Recurring job

    def action_make_recurring(self):
        """Make a recurring job from each of these jobs, which is its first visit.

        :return: window action of the recurring jobs found or made
        """
        return self._convert("recurring")

    def _find_recurring(self):
        return {job: job.fsm_recurring_id for job in self if job.fsm_recurring_id}

    def _make_recurring(self):
        self._ensure_orders()
        made = self.env["fsm.recurring"].create([job._prepare_recurring_vals() for job in self])
        for job, recurring in zip(self, made, strict=True):
            recurring.sudo().sale_id = job.sale_id  # sudo: links are nobody's to write by hand
            start = job.scheduled_date_start
            job.sudo().write(  # sudo: links are nobody's to write by hand
                {
                    "fsm_recurring_id": recurring.id,
                    "recurrence_date": start and local_date(start, recurring.tz),
                    "recurrence_start": start,
                }
            )
        return dict(zip(self, made, strict=True))

    def _prepare_recurring_vals(self):
        """Values of the recurring job that this one job starts."""
        self.ensure_one()
        lines = self.sudo().sale_line_ids.filtered(  # sudo: who plans may not read what was sold
            lambda line: not line.display_type and not line.is_downpayment and line.product_uom_qty
        )
        return {
            "location_id": self.location_id.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "team_id": self.team_id.id,
            "service_file_id": self.service_file_id.id,
            "description": html2plaintext(self.description or ""),
            "fsm_order_template_id": self.template_id.id,
            "scheduled_duration": self.scheduled_duration or self.sold_hours,
            "start_date": self.scheduled_date_start,
            "person_id": self.person_id.id,
            "person_ids": [Command.set((self.person_ids - self.person_id).ids)],
            "equipment_ids": [Command.set(self.equipment_ids.ids)],
            "line_ids": [Command.create(line._prepare_recurring_line_vals()) for line in lines],
        }

    def action_view_fsm_recurring(self):
        # OVERRIDE fieldservice_recurring, which asks for its own form.
        return self.action_view_recurring()

    def action_view_recurring(self):
        """Open the recurring job of this one visit."""
        self.ensure_one()
        return window_action(self.fsm_recurring_id)

    def action_change_visits(self):
        """Ask whether what changes is this visit only, or this and all future ones."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_recurring.sercom_recurring_change_action"
        )
        action["context"] = {
            "default_fsm_recurring_id": self.fsm_recurring_id.id,
            "default_fsm_order_id": self.id,
        }
        return action
