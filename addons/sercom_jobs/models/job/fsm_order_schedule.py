from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sercom_requests.tools.context import Sentinel

from ...tools.job.schedule import BackwardBlockError, complete_block, overlaps, to_minute

SCHEDULE_FIELDS = {"scheduled_date_start", "scheduled_date_end", "scheduled_duration"}
# Says that a sales order moves its jobs itself (``sale.order.write``); no client can send it.
ORDER_MOVES_JOBS = Sentinel("order_moves_jobs")


class FsmOrder(models.Model):
    """The job's schedule: start, end and length always agree, for one record or many."""

    _inherit = "fsm.order"

    def _prepare_change(self, vals):
        promised = ORDER_MOVES_JOBS.get(self)
        if promised and vals.keys() <= SCHEDULE_FIELDS:
            # OVERRIDE fieldservice_sale, which moves the start of every job of an order.
            return []
        batches = super()._prepare_change(vals)
        if SCHEDULE_FIELDS.isdisjoint(vals):
            return batches
        if vals.keys() >= SCHEDULE_FIELDS:
            return [(jobs, self._round_schedule(values)) for jobs, values in batches]
        # Each job keeps its own length or start: one write for every different result.
        completed = {}
        for index, (jobs, values) in enumerate(batches):
            for job in jobs:
                times = job._complete_schedule(values)
                key = (index, *times.values())
                alike, _vals = completed.get(key, (self[:0], None))
                completed[key] = (alike | job, {**values, **times})
        return list(completed.values())

    @api.model
    def _prepare_new_vals(self, vals_list):
        return [self._round_schedule(vals) for vals in super()._prepare_new_vals(vals_list)]

    @api.model
    def _round_schedule(self, vals):
        """Values with a schedule of whole minutes, whoever wrote them."""
        return {
            name: to_minute(fields.Datetime.to_datetime(value)) or False
            if name in ("scheduled_date_start", "scheduled_date_end")
            else value
            for name, value in vals.items()
        }

    def _calc_scheduled_dates(self, vals):
        # OVERRIDE fieldservice: on creation (of a copy, called on the job that is copied);
        # ``write`` has already completed its values.
        if not SCHEDULE_FIELDS.isdisjoint(vals) and not vals.keys() >= SCHEDULE_FIELDS:
            vals.update(self.browse()._complete_schedule(vals))

    def _complete_schedule(self, vals):
        """Complete the schedule in ``vals`` with what this job (or a new one) already has.

        :param dict vals: values about to be written, dates in UTC
        :return: values of the three schedule fields
        :raises ValidationError: when the job would end before it starts
        """
        to_datetime = fields.Datetime.to_datetime
        start, end = vals.get("scheduled_date_start"), vals.get("scheduled_date_end")
        hours = vals.get("scheduled_duration")
        if hours is None and self:
            hours = self.scheduled_duration
        if not start and not end:
            # A date that is being cleared clears the whole block.
            cleared = "scheduled_date_start" in vals or "scheduled_date_end" in vals
            start = self.scheduled_date_start if self and not cleared else None
        try:
            start, end, hours = complete_block(to_datetime(start), to_datetime(end), hours)
        except BackwardBlockError as error:
            raise ValidationError(
                self.env._(
                    "%(job)s would end before it starts (%(block)s). Check its start and end.",
                    job=self.name or self.env._("The new job"),
                    block=error,
                )
            ) from error
        return {
            "scheduled_date_start": start or False,
            "scheduled_date_end": end or False,
            "scheduled_duration": hours,
        }

    def _calc_request_late(self, vals):
        # OVERRIDE fieldservice, which reckons a window where the client wished none, and forgets
        # jobs created without a priority.
        is_asked = vals.get("sale_id") and "request_late" in vals
        if is_asked or not vals.get("request_early"):
            return vals
        if not vals.get("priority"):
            vals["priority"] = self.default_get(["priority"]).get("priority", "0")
        return super()._calc_request_late(vals)

    @api.onchange("scheduled_date_end")
    def onchange_scheduled_date_end(self):
        # OVERRIDE fieldservice, which changes the actual start.
        start, end = self.scheduled_date_start, self.scheduled_date_end
        if start and end and end > start:
            self.scheduled_duration = (end - start).total_seconds() / 3600

    @api.onchange("scheduled_date_start", "scheduled_duration")
    def onchange_scheduled_duration(self):
        # OVERRIDE fieldservice, which makes blocks of no length.
        if not self.scheduled_date_start:
            self.scheduled_date_end = False
        elif self.scheduled_duration >= 0:
            _start, self.scheduled_date_end, self.scheduled_duration = complete_block(
                self.scheduled_date_start, hours=self.scheduled_duration
            )

    @api.constrains("scheduled_date_start", "scheduled_date_end", "person_id")
    def check_day(self):
        # OVERRIDE fieldservice, which takes anybody's time off for a conflict and looks at the
        # start only. Of people with an employee file their assignment decides, in all kinds of
        # conflict; here are the others, who know no time off but the company's.
        jobs = self.filtered(lambda job: job._is_checked_alone())
        if not jobs:
            return
        leaves = (
            self.env["resource.calendar.leaves"]
            .sudo()  # sudo: the company's holidays, for who reads no leaves
            .search(
                [
                    ("date_from", "<", max(jobs.mapped("scheduled_date_end"))),
                    ("date_to", ">", min(jobs.mapped("scheduled_date_start"))),
                    ("time_type", "=", "leave"),
                    ("company_id", "in", [False, *jobs.company_id.ids]),
                    ("resource_id", "=", False),
                ]
            )
        )
        for job in jobs:
            if leave := next(filter(job._is_off_during, leaves), None):
                raise ValidationError(
                    self.env._(
                        "%(job)s falls on time off: %(leave)s. Choose another time or worker.",
                        job=job.name,
                        leave=leave.name or self.env._("the company is closed"),
                    )
                )

    def _is_checked_alone(self):
        """Whether this one job is planned with nobody whose assignment would be checked."""
        return (
            self.scheduled_date_start
            and self.scheduled_date_end
            and self.state != "cancelled"
            # sudo: employee files are not the office's to read
            and not (self.person_id | self.person_ids).sudo().employee_id
            and self._is_time_off_refused()
        )

    def _get_following_promise(self):
        """Hook: jobs of the set that start when their order promises another day."""
        return self.filtered(lambda job: job.state in ("to_plan", "planned"))

    def _is_time_off_refused(self):
        """Hook: whether this one job's company refuses work at a time that is off."""
        return True

    def _is_off_during(self, leave):
        """Whether the company, or this job's worker, is closed for ``leave`` at its time."""
        self.ensure_one()
        if not overlaps(
            self.scheduled_date_start, self.scheduled_date_end, leave.date_from, leave.date_to
        ):
            return False
        calendar = self.person_id.calendar_id or self.company_id.resource_calendar_id
        return not leave.calendar_id or leave.calendar_id == calendar
