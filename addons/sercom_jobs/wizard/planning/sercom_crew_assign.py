from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.local_time import add_days, to_local

MAX_REPEAT = 60


class SercomCrewAssign(models.TransientModel):
    """Plan several people, for one day or several, on a job at once."""

    _name = "sercom.crew.assign"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Assign a crew"

    fsm_order_id = fields.Many2one("fsm.order", string="Job", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="fsm_order_id.company_id")
    team_id = fields.Many2one(
        "fsm.team",
        string="Crew",
        domain="[('person_ids', '!=', False), ('company_id', '=', company_id)]",
        help="Brings its members and its leader.",
    )
    employee_ids = fields.Many2many(
        "hr.employee",
        string="People",
        compute="_compute_employee_ids",
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id)]",
    )
    leader_id = fields.Many2one(
        "hr.employee",
        compute="_compute_leader_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', employee_ids)]",
    )
    date_start = fields.Datetime("Start", required=True)
    duration = fields.Float(
        required=True, help="Length of each person's block, in hours, on each day."
    )
    day_count = fields.Integer(
        "Days", default=1, required=True, help="The same hours, on that many days in a row."
    )
    skip_weekend = fields.Boolean(default=True, help="Saturdays and Sundays do not count.")
    is_confirmed = fields.Boolean(
        "Tell Them Now", help="They get the visit in their calendar, by e-mail."
    )
    note = fields.Text(help="For those who go.")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        job = self.env["fsm.order"].browse(
            values.get("fsm_order_id") or self.env.context.get("active_id")
        )
        if job and "fsm_order_id" in fields:
            values["fsm_order_id"] = job.id
            values.setdefault("date_start", job.scheduled_date_start or job.request_early)
            values.setdefault("duration", job._get_block_hours())
            if job.team_id.person_ids.employee_id:
                values.setdefault("team_id", job.team_id.id)
        return values

    @api.depends("team_id")
    def _compute_employee_ids(self):
        for wizard in self:
            if members := wizard.team_id.person_ids.employee_id:
                wizard.employee_ids = [Command.set(members.ids)]

    @api.depends("team_id", "employee_ids")
    def _compute_leader_id(self):
        for wizard in self:
            leader = wizard.team_id.leader_id.employee_id
            people = wizard.employee_ids._origin
            if wizard.leader_id._origin not in people:
                wizard.leader_id = leader if leader in people else people[:1]

    def action_assign(self):
        """Plan the crew: all of it, or nobody.

        :raises ValidationError: naming who is planned elsewhere, where and when
        """
        self.ensure_one()
        self.env["sercom.assignment"].create(self._prepare_assignment_vals())
        return {"type": "ir.actions.act_window_close"}

    def _prepare_assignment_vals(self):
        if not self.employee_ids:
            raise UserError(self.env._("Choose who goes to %s.", self.fsm_order_id.name))
        if not 0 < self.day_count <= MAX_REPEAT:
            raise UserError(self.env._("Plan between 1 and %s days.", MAX_REPEAT))
        if self.duration <= 0:
            raise UserError(self.env._("Say how many hours %s takes.", self.fsm_order_id.name))
        return [
            {
                "fsm_order_id": self.fsm_order_id.id,
                "employee_id": person.id,
                "date_start": start,
                "date_end": start + timedelta(hours=self.duration),
                "is_leader": person == self.leader_id,
                "state": "confirmed" if self.is_confirmed else "draft",
                "note": self.note,
            }
            for start in self._get_starts()
            for person in self.employee_ids
        ]

    def _get_starts(self):
        """Starts of the days, in UTC, all at the same local time."""
        zone = self.employee_ids[0]._get_planning_tz()
        starts, shift = [], 0
        while len(starts) < self.day_count:
            start = add_days(self.date_start, shift, zone)
            shift += 1
            if self.skip_weekend and self.day_count > 1 and to_local(start, zone).weekday() > 4:
                continue
            starts.append(start)
        return starts
