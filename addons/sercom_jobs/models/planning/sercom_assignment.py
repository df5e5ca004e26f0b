from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_datetime

from odoo.addons.sercom_requests.tools.local_time import add_days, to_local
from odoo.addons.sercom_requests.tools.wording import format_moment

from ...tools.job.schedule import DEFAULT_HOURS

LIVE_STATES = ("draft", "confirmed")
# What a job's own schedule and workers are computed from.
PLAN_STATES = (*LIVE_STATES, "done")
MAX_DAYS = 31


class SercomAssignment(models.Model):
    """One employee's time block on one job.

    How it works: a job has as many as it has people and days. Each block passes one door
    (``sercom_assignment_change``), which completes it (start, end and hours always agree), refuses
    what overlaps another live block of the person (``sercom_assignment_overlap``), and passes the
    change on to the job (``fsm_order_plan``) and to the person's calendar
    (``sercom_assignment_calendar``).
    """

    _name = "sercom.assignment"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Assignment"
    _order = "date_start, employee_id, id"
    _check_company_auto = True
    _told_links = frozenset({"fsm_location_id"})

    fsm_order_id = fields.Many2one(
        "fsm.order",
        string="Job",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="fsm_order_id.company_id", store=True, index=True, precompute=True
    )
    employee_id = fields.Many2one(
        "hr.employee", string="Person", required=True, ondelete="restrict", check_company=True
    )
    date_start = fields.Datetime("Start", required=True, index=True)
    date_end = fields.Datetime(
        "End",
        required=True,
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        help="Moving the start keeps the length of the block.",
    )
    planned_hours = fields.Float(
        compute="_compute_planned_hours",
        store=True,
        readonly=False,
        precompute=True,
        aggregator="sum",
        help="Hours of work planned for this person. Two people for 3 hours are 6.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("confirmed", "Confirmed"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        index=True,
        copy=False,
        help="Confirming tells the person: the visit comes into their calendar. A draft already "
        "holds their time. A cancelled assignment frees it.",
    )
    is_leader = fields.Boolean("Leader", help="Leads the crew of this job.")
    fsm_location_id = fields.Many2one(
        "fsm.location",
        string="Place",
        compute="_compute_fsm_location_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        help="Where the person goes: the job's site, unless said otherwise.",
    )
    is_dropped_by_job = fields.Boolean(
        copy=False, help="Cancelled because the job was closed: planned again when it reopens."
    )
    note = fields.Text(help="For the person who goes.")
    conflict_override = fields.Boolean(
        "Overlap Allowed",
        copy=False,
        help="The person is planned here although they are planned elsewhere at that time.",
    )
    override_reason = fields.Char("Reason", copy=False, help="Why the overlap is right.")
    partner_id = fields.Many2one(related="fsm_order_id.partner_id", string="Client")
    subject = fields.Char(related="fsm_order_id.subject")
    job_state = fields.Selection(related="fsm_order_id.state", string="Job State")
    user_id = fields.Many2one(related="employee_id.user_id", string="User")

    _block_forward = models.Constraint(
        "CHECK (date_end > date_start)", "An assignment ends after it starts."
    )
    _planned_hours_positive = models.Constraint(
        "CHECK (planned_hours >= 0)", "An assignment has no negative hours."
    )
    _override_explained = models.Constraint(
        "CHECK (conflict_override IS NOT TRUE OR coalesce(override_reason, '') <> '')",
        "Say why the overlap is right.",
    )
    _employee_start_idx = models.Index("(employee_id, date_start)")

    @api.depends("date_start")
    def _compute_date_end(self):
        for block in self:
            if not block.date_start:
                continue
            job = block.fsm_order_id
            hours = job._get_block_hours() if job else DEFAULT_HOURS
            block.date_end = block.date_start + (block._get_length() or timedelta(hours=hours))

    @api.depends("date_start", "date_end")
    def _compute_planned_hours(self):
        hours = self._get_block_hours()
        for block in self:
            block.planned_hours = hours[block]

    @api.depends("fsm_order_id.location_id")
    def _compute_fsm_location_id(self):
        for block in self:
            block.fsm_location_id = block.fsm_order_id.location_id

    @api.depends("fsm_order_id", "employee_id")
    def _compute_display_name(self):
        for block in self:
            # sudo: the name of a colleague, not their file
            names = (block.fsm_order_id.name, block.sudo().employee_id.name)
            block.display_name = " · ".join(filter(None, names))

    def _get_length(self):
        """Length of this block before its start moved, as a timedelta; ``None`` when it is new."""
        origin = self._origin
        return origin.date_end - origin.date_start if origin else None

    def _get_block_hours(self):
        """Hours of work that each block of the set holds.

        :return: ``{assignment: hours}``
        """
        return {
            block: (block.date_end - block.date_start).total_seconds() / 3600
            if block.date_start and block.date_end
            else 0.0
            for block in self
        }

    def copy_data(self, default=None):
        # A copy starts as a draft: nobody was told of it.
        return super().copy_data({"state": "draft", **(default or {})})

    # Life cycle

    def action_confirm(self):
        """Draft → Confirmed: the person gets the visit in their calendar, the job is planned."""
        self.filtered(lambda block: block.state == "draft").write({"state": "confirmed"})
        return True

    def action_draft(self):
        """Confirmed, done or cancelled → Draft; checked again like a new one."""
        self.filtered(lambda block: block.state != "draft").write({"state": "draft"})
        return True

    def action_cancel(self):
        """Free the person's time; a confirmed visit is cancelled in their calendar."""
        self.filtered(lambda block: block.state in LIVE_STATES).write({"state": "cancelled"})
        return True

    def _discard(self):
        """Take these blocks away: drafts are deleted, what people were told of is cancelled."""
        drafts = self.filtered(lambda block: block.state == "draft")
        (self - drafts).action_cancel()
        drafts.unlink()

    def action_copy_next_day(self):
        """Plan the same block a day later, at the same local time, as a draft."""
        return self._copy_later(days=1)

    def action_copy_next_week(self):
        """Plan the same block a week later, at the same local time, as a draft."""
        return self._copy_later(days=7)

    def _copy_later(self, days):
        later = []
        for block, vals in zip(self, self.copy_data(), strict=True):
            zone = block._get_tz()
            for name in ("date_start", "date_end"):
                vals[name] = add_days(vals[name], days, zone)
            later.append(vals)
        return self.create(later)

    def _get_tz(self):
        """Name of the time zone this one person works in."""
        self.ensure_one()
        return self.employee_id._get_planning_tz()

    def _get_label(self):
        """This block in the words of a message: job, person and time, in the person's zone."""
        self.ensure_one()
        return self._describe(
            self.fsm_order_id.name, self.employee_id, self.date_start, self.date_end
        )

    @api.model
    def _describe(self, job, employee, start, end):
        """Words for a block: ``Luc Gagnon, Nov 3, 09:00 – 12:00 (J0012)``.

        :param str job: number of the job, may be empty
        :param datetime start: UTC; shown in the person's zone
        """
        employee = employee.sudo()  # sudo: name and zone of a colleague, not their file
        zone = employee._get_planning_tz()
        spoken = format_moment(self.env, start, zone)
        same_day = to_local(start, zone).date() == to_local(end, zone).date()
        until = (
            format_datetime(self.env, end, tz=zone, dt_format="HH:mm")
            if same_day
            else format_moment(self.env, end, zone)
        )
        text = f"{employee.name}, {spoken} – {until}"
        return f"{text} ({job})" if job else text
