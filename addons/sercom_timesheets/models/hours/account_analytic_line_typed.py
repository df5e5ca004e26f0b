from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.hours.typed_hours import find_wrong_hours
from .account_analytic_line_change import HOURS_FIELDS


class AccountAnalyticLine(models.Model):
    """Hours that somebody types, or imports, on a job are such as can have been worked.

    Those that Sercom makes of clock entries are not asked: the clock is the evidence.
    """

    _inherit = "account.analytic.line"

    def _after_create(self):
        super()._after_create()
        self._check_typed_hours(is_new=True)

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if not HOURS_FIELDS.isdisjoint(vals):
            self._check_typed_hours(is_new="fsm_order_id" in vals)

    def _check_typed_hours(self, is_new):
        """Refuse hours that nobody can have worked.

        :param bool is_new: whether they are new on their job: those of a job that was cancelled
            later stay, and are corrected
        :raises UserError: naming the person, the day and the way out
        """
        if self.env.su:
            return
        # sudo: hours of the day that the user may not read count too
        lines = self.sudo().filtered(
            lambda line: line.project_id and line.fsm_order_id and not line.attendance_id
        )
        if not lines:
            return
        day_hours = lines._sum_hours("employee_id", "date")
        job_hours = lines._sum_hours("employee_id", "date", "fsm_order_id")
        for line in lines:
            person, job = line.employee_id, line.fsm_order_id
            wrong = find_wrong_hours(
                day_hours[person, line.date],
                job_hours[person, line.date, job],
                line.date,
                # Of who was there, or of who types: the web client proposes the latter's.
                max(
                    fields.Date.context_today(line.with_context(tz=person.tz)),
                    fields.Date.context_today(self.with_context(tz=self.env.user.tz)),
                ),
                is_new and job.state == "cancelled",
            )
            if wrong:
                line._refuse_typed_hours(wrong, day_hours[person, line.date])

    def _sum_hours(self, *names):
        """Hours of these people on these days, by these fields: ``{values: hours}``."""
        domain = [
            ("employee_id", "in", self.employee_id.ids),
            ("date", "in", list(set(self.mapped("date")))),
            ("project_id", "!=", False),
        ]
        if "fsm_order_id" in names:
            domain.append(("fsm_order_id", "in", self.fsm_order_id.ids))
        specs = ["date:day" if name == "date" else name for name in names]
        rows = self._read_group(domain, specs, ["unit_amount:sum"])
        return {tuple(values): hours for *values, hours in rows}

    def _refuse_typed_hours(self, wrong, day_hours):
        what = {"hours": self._get_hours_label(), "job": self.fsm_order_id.name}
        messages = {
            "cancelled": self.env._(
                "%(hours)s: %(job)s is cancelled. Reopen it, or choose the job that was worked on.",
                **what,
            ),
            "future": self.env._(
                "%(hours)s: this day is still to come. Give the day that was worked.", **what
            ),
            "negative": self.env._(
                "%(hours)s: less than no hours on %(job)s that day. Give the hours that were "
                "worked, or take back no more than there are.",
                **what,
            ),
            "day": self.env._(
                "%(hours)s: with these, %(total).2f hours that day, and a day has 24. Look for "
                "a wrong day, or for hours that are there twice.",
                total=day_hours,
                **what,
            ),
        }
        raise UserError(messages[wrong])
