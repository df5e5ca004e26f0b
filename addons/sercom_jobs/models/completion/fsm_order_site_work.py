from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from odoo.addons.sercom_requests.tools.actions import window_action
from odoo.addons.sercom_requests.tools.local_time import day_start

from ..job.fsm_order import CLOSED_STATES

FURTHEST = timedelta(days=36525)  # a century
# What the people on site tell; the report that the client signs and gets is made of it.
SITE_FIELDS = {"found_note", "work_note", "advice_note"}


class FsmOrder(models.Model):
    """What the people on site tell: what was found, done and advised, and what comes next."""

    _inherit = "fsm.order"

    found_note = fields.Text(
        "Found", copy=False, help="What was found on site. The client reads it on the report."
    )
    work_note = fields.Text(
        "Work Done", copy=False, help="What was done. The client reads it on the report."
    )
    advice_note = fields.Text(
        "Advised",
        copy=False,
        help="What the client should have done or watch. The client reads it on the report.",
    )
    next_visit_date = fields.Date(
        "Next Visit Wished",
        copy=False,
        help="Day, on the site, from which the next visit is wished; empty for any.",
    )
    next_visit_note = fields.Text(
        "For the Next Visit", copy=False, help="What is left to do, and what to bring for it."
    )
    origin_job_id = fields.Many2one(
        "fsm.order",
        string="Follow-up Of",
        copy=False,
        readonly=True,
        check_company=True,
        index="btree_not_null",
        help="Job on whose site this visit was asked for.",
    )
    next_job_ids = fields.One2many("fsm.order", "origin_job_id", string="Next Visits")
    next_job_count = fields.Integer(
        compute="_compute_next_job_count",
        compute_sudo=True,  # counted though somebody else goes there
        string="Next Visits Planned",
    )

    @api.depends("next_job_ids")
    def _compute_next_job_count(self):
        counts = dict(
            self._read_group(
                [("origin_job_id", "in", self._origin.ids)], ["origin_job_id"], ["__count"]
            )
        )
        for job in self:
            job.next_job_count = counts.get(job._origin, 0)

    # Changes

    def _check_change(self, vals):
        super()._check_change(vals)
        if not (self.env.su or SITE_FIELDS.isdisjoint(vals)):
            self._check_is_told_in_time()

    def _check_is_told_in_time(self):
        """The client has the report of a job that is done: the office reopens it to change it."""
        if self.env.user.has_group("fieldservice.group_fsm_user"):
            return
        for job in self:
            if job.state == "cancelled":
                raise UserError(
                    self.env._("%s is cancelled. Ask the office to reopen it.", job.name)
                )
            if job.state in CLOSED_STATES:
                raise UserError(
                    self.env._(
                        "%s is closed, and its report is made. Ask the office to reopen it.",
                        job.name,
                    )
                )

    # Next visit

    def action_plan_next_visit(self, next_visit_date=None, next_visit_note=None):
        """Have the office plan one more visit for these jobs; asked again, it stays one.

        :param next_visit_date: day on the site from which it is wished, as a date or its text
        :param str next_visit_note: what is left to do
        :return: window action of the visits for the office; a notice for who may not plan them
        :raises UserError: when a job is cancelled, or the day is none
        """
        self.check_access("write")
        day = self._read_wished_day(next_visit_date)
        vals = {"next_visit_date": day, "next_visit_note": next_visit_note}
        if vals := {name: value for name, value in vals.items() if value is not None}:
            self.write(vals)
        jobs = self._make_next_visits()
        if self.env.user.has_group("fieldservice.group_fsm_user"):
            return window_action(jobs.sudo(self.env.su))
        return self._notify_office_asked(
            self.env._("The office plans the next visit: %s.", ", ".join(jobs.mapped("name")))
        )

    @api.model
    def _read_wished_day(self, day):
        """Date that a client or a phone tells, as one or as its text; none stays none."""
        if not day:
            return day
        try:
            read = fields.Date.to_date(day)
            if abs(read - fields.Date.today()) > FURTHEST:
                raise ValueError  # the first and last day there is have no hours in every zone
        except (KeyError, TypeError, ValueError) as error:
            raise UserError(self.env._("“%s” is no day. Write it like 2026-11-03.", day)) from error
        return read

    def _make_next_visits(self):
        """Open next visit of each job, in sudo: the one asked for before, or a new one."""
        for job in self:
            if job.state == "cancelled":
                raise UserError(
                    self.env._("%s is cancelled: nobody was there. Reopen it first.", job.name)
                )
        self._lock_for_conversion()
        jobs = self.sudo()  # sudo: technicians make no jobs by hand
        visits = jobs.browse()
        vals_list = []
        for job in jobs:
            visit = job.next_job_ids.filtered(lambda visit: visit.state not in CLOSED_STATES)[:1]
            vals = job._prepare_next_visit_vals()
            if not visit:
                vals_list.append(vals)
            elif visit.state == "to_plan":
                # What is planned already is the office's; the note is in the first job.
                visit.write({name: vals[name] for name in ("todo", "request_early") if vals[name]})
            visits |= visit
        made = jobs.create(vals_list)
        for visit in made:
            # In the name of who asked for it, who may have lost the job meanwhile.
            visit.origin_job_id.with_env(self.env).message_post(
                body=self.env._("Next visit asked for: %s.", visit._get_html_link())
            )
        return visits | made

    def _prepare_next_visit_vals(self):
        """Values of the next visit of this one job: to plan, with what is left to do."""
        self.ensure_one()
        order = self.sale_id
        # The same order while it can still be added to: what is left was sold on it.
        alive = order._takes_next_visits()
        return {
            "origin_job_id": self.id,
            "company_id": self.company_id.id,
            "location_id": self.location_id.id,
            "partner_id": self.partner_id.id,
            "contact_id": self.contact_id.id,
            "service_file_id": self.service_file_id.id,
            "opportunity_id": self.opportunity_id.id,
            "sale_id": order.id if alive else False,
            "priority": self.priority,
            "team_id": self.team_id.id,
            "type": self.type.id,
            "description": self.env._("Next visit after %s", self.name),
            "todo": plaintext2html(self.next_visit_note) if self.next_visit_note else False,
            "request_early": self._get_site_day_start(self.next_visit_date),
        }

    def _get_site_day_start(self, day):
        """First moment of ``day`` on this one job's site, in UTC; now without a day."""
        if not day:
            return fields.Datetime.now()
        return day_start(day, self.location_id.tz or self.env.user.tz or "UTC")

    def action_view_next_visits(self):
        """Open the visits that were asked for from this one job."""
        self.ensure_one()
        return window_action(self.next_job_ids, self.env._("Next Visits"))

    # Another issue

    def action_report_issue(self, note):
        """Tell the office of another issue found on site, so that it is quoted.

        Who may make quotes gets the quote right away; the office has it as an activity otherwise.

        :param str note: what was found
        :return: window action of the quote, or a notice
        :raises UserError: when nothing is told
        """
        self.ensure_one()
        self.check_access("write")
        if not (note or "").strip():
            raise UserError(
                self.env._("Tell the office what you found at %s.", self.location_id.name)
            )
        body = plaintext2html(note)
        self.message_post(body=Markup("%s%s") % (self.env._("Another issue found:"), body))
        if self.env["sale.order"].has_access("create"):
            return self.action_new_quote()
        kind = self.env.ref("sercom_jobs.mail_activity_type_issue")
        job = self.sudo()  # sudo: an activity for somebody of the office
        user = self._get_dispatchers().get(job) or self.env.ref("base.user_admin")
        job.activity_schedule(
            activity_type_id=kind.id,
            summary=self.env._("Quote another issue found by %s", self.env.user.name),
            note=body,
            user_id=user.id,
        )
        return self._notify_office_asked(self.env._("The office knows, and quotes it."))

    @api.model
    def _notify_office_asked(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
