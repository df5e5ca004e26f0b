from odoo import api, fields, models


class SercomHoursMixin(models.AbstractModel):
    """Hours of the jobs of a record: sold, planned, worked and left; cancelled jobs apart."""

    _name = "sercom.hours.mixin"
    _description = "Hours of jobs"
    _hours_field = None  # the job's field that leads to the record

    sold_hours = fields.Float(
        compute="_compute_job_hours", compute_sudo=True, help="Hours of work sold on the jobs."
    )
    planned_hours = fields.Float(
        compute="_compute_job_hours", compute_sudo=True, help="Hours of work planned for people."
    )
    worked_hours = fields.Float(
        compute="_compute_job_hours",
        compute_sudo=True,
        help="Hours worked on the jobs by all people together, travel apart.",
    )
    remaining_hours = fields.Float(
        compute="_compute_job_hours",
        compute_sudo=True,
        help="Sold hours less worked hours; below zero when more was worked than sold.",
    )
    arrival_delay = fields.Float(
        compute="_compute_job_hours",
        compute_sudo=True,
        help="Hours between the planned and the actual start, on average of the jobs that have "
        "both.",
    )

    @api.depends(
        "fsm_order_ids.state",
        "fsm_order_ids.sold_hours",
        "fsm_order_ids.planned_hours",
        "fsm_order_ids.worked_hours",
        "fsm_order_ids.arrival_delay",
    )
    def _compute_job_hours(self):
        names = ("sold_hours", "planned_hours", "worked_hours", "remaining_hours")
        Job = self.env["fsm.order"]
        domain = [(self._hours_field, "in", self.ids), ("state", "!=", "cancelled")]
        sums = [f"{name}:sum" for name in names]
        totals = {
            record.id: hours
            for record, *hours in Job._read_group(domain, [self._hours_field], sums)
        }
        met = [*domain, ("date_start", "!=", False), ("scheduled_date_start", "!=", False)]
        delays = {
            record.id: delay
            for record, delay in Job._read_group(met, [self._hours_field], ["arrival_delay:avg"])
        }
        for record in self:
            hours = totals.get(record._origin.id, (0.0,) * len(names))
            for name, value in zip(names, hours, strict=True):
                record[name] = value
            record.arrival_delay = delays.get(record._origin.id, 0.0)
