from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import ValidationError

from ...tools.job.schedule import DEFAULT_HOURS, MINUTE, BackwardBlockError, complete_block
from ..job.fsm_order import CLOSED_STATES
from .sercom_assignment import LIVE_STATES, MAX_DAYS


class SercomAssignment(models.Model):
    """Blocks whose start, end and hours agree, and that somebody can work."""

    _inherit = "sercom.assignment"

    def _complete_new(self, vals):
        """Values of a new block, with its end (or its start, when only the end is given)."""
        job_id = vals.get("fsm_order_id") or self.env.context.get("default_fsm_order_id")
        job = self.env["fsm.order"].browse(job_id)
        hours = vals.get("planned_hours")
        if not hours and not (vals.get("date_start") and vals.get("date_end")):
            hours = job._get_block_hours() if job else DEFAULT_HOURS
        self._check_override_reason(vals, job)
        return {**vals, **self._complete_times(vals, hours, job)}

    def _complete_change(self, vals):
        """Values for this one block: its length is kept when only its start or end moves."""
        if not {"conflict_override", "override_reason"}.isdisjoint(vals):
            kept = {
                "conflict_override": self.conflict_override,
                "override_reason": self.override_reason,
            }
            self._check_override_reason({**kept, **vals}, self.fsm_order_id)
        if {"date_start", "date_end"}.isdisjoint(vals) and self._has_whole_minutes():
            return dict(vals)
        length = (self.date_end - self.date_start).total_seconds() / 3600
        times = dict(vals)
        if "date_start" not in vals:
            times["date_start"] = self.date_start
            if "date_end" not in vals:
                times["date_end"] = self.date_end
        times = self._complete_times(times, length, self.fsm_order_id)
        if not times:
            raise ValidationError(
                self.env._("%s: say when the assignment starts.", self.fsm_order_id.name)
            )
        done = {**vals, **times}
        longer = (done["date_end"] - done["date_start"]) - (self.date_end - self.date_start)
        if abs(longer) < MINUTE and "planned_hours" not in vals:
            done["planned_hours"] = self.planned_hours
        return done

    def _has_whole_minutes(self):
        """Whether this one block begins and ends at a minute; older ones may not."""
        return not any(
            moment.second or moment.microsecond for moment in (self.date_start, self.date_end)
        )

    def _complete_times(self, vals, hours, job):
        to_datetime = fields.Datetime.to_datetime
        start, end = to_datetime(vals.get("date_start")), to_datetime(vals.get("date_end"))
        if not start and not end:
            return {}  # the required field says it
        try:
            start, end, _hours = complete_block(start, end, hours)
        except BackwardBlockError as error:
            raise ValidationError(
                self.env._(
                    "The assignment on %(job)s would end before it starts (%(block)s). Check its "
                    "start and end.",
                    job=job.name or self.fsm_order_id.name or "",
                    block=error,
                )
            ) from error
        return {"date_start": start, "date_end": end}

    def _check_override_reason(self, vals, job):
        if vals.get("conflict_override") and not (vals.get("override_reason") or "").strip():
            raise ValidationError(
                self.env._("%s: say why the overlap is right.", job.name or self.env._("New job"))
            )

    def _check_blocks(self, olds=None):
        """Refuse blocks that nobody can work: of closed jobs, of people who left, endless ones.

        :param dict olds: ``_get_values`` before the change; what did not move is not checked
        :raises ValidationError: naming the job and the person
        """
        states = dict(self.env["fsm.order"]._fields["state"]._description_selection(self.env))
        for block in self.sudo():  # sudo: state of people and jobs, whoever may open them
            if olds and not block._is_rescheduled(olds[block]):
                continue
            job, person = block.fsm_order_id, block.employee_id
            names = {"job": job.name, "person": person.name}
            if block.state not in LIVE_STATES:
                continue
            if job.state in CLOSED_STATES:
                error = self.env._(
                    "%(job)s is %(state)s. Reopen it before planning %(person)s on it.",
                    state=states[job.state].lower(),
                    **names,
                )
            elif not person.active:
                error = self.env._(
                    "%(person)s is archived. Choose somebody else for %(job)s.", **names
                )
            elif block.date_end - block.date_start > timedelta(days=MAX_DAYS):
                error = self.env._(
                    "%(job)s: a block of %(person)s cannot be longer than %(days)s days. "
                    "Plan several blocks.",
                    days=MAX_DAYS,
                    **names,
                )
            else:
                continue
            raise ValidationError(error)
