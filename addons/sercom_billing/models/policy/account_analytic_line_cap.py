from odoo import models
from odoo.tools import format_duration

from ...tools.policy.cap import cap
from ...tools.policy.policies import CAPPED

TINY = 1e-6


class AccountAnalyticLine(models.Model):
    """Of a capped job, only the hours that the client authorised are billable.

    What the company's rule makes of the hours worked is ``billable_hours`` and
    ``unauthorized_hours`` together.
    """

    _inherit = "account.analytic.line"

    def _get_ruled_hours(self):
        """Hours that this one line would bill if all were authorised."""
        self.ensure_one()
        return self.billable_hours + self.unauthorized_hours

    def _get_rule_note(self):
        """The note of this one line, without what is not authorised (``_grant``)."""
        self.ensure_one()
        notes = (self.billing_note or "").split("; ")
        if abs(self.unauthorized_hours or 0.0) > TINY:
            notes.pop()
        return "; ".join(notes) or False

    def _is_capped(self):
        self.ensure_one()
        return bool(
            self.fsm_order_id
            and self.project_id
            # sudo: how it is billed, whoever writes hours
            and self.sudo().so_line.effective_billing_policy == CAPPED
        )

    def _apply_authorization(self):
        """Make of these lines, whose ``billable_hours`` are ruled, no more billable than may be."""
        capped = self.filtered(lambda line: line._is_capped())
        for job, lines in capped._get_capped_groups().items():
            lines = lines.sorted(lambda line: line._get_authorization_key())
            # A correction that takes off hours counts once it is approved.
            lines = lines.filtered(lambda line: line.unit_amount >= 0 or line._is_ready())
            granted = cap(
                job.authorized_hours,
                [line._get_ruled_hours() for line in lines],
                [line._origin.billed_hours or 0.0 for line in lines],
                [line._origin.waived_hours or 0.0 for line in lines],
            )
            for line, hours in zip(lines, granted, strict=True):
                if line in capped:
                    line._grant(hours)

    def _grant(self, hours):
        """Make so many of the ruled hours of this one line billable."""
        over = round(self._get_ruled_hours() - hours, 6)
        if abs(over) <= TINY:
            return
        self.billable_hours = round(hours, 6)
        self.unauthorized_hours = over
        note = self.env._("%s h not authorised", format_duration(over))
        self.billing_note = f"{self.billing_note}; {note}" if self.billing_note else note

    def _get_capped_groups(self):
        """All capped lines of the jobs of these: ``{job: lines}``, in sudo."""
        lines = self.sudo()  # sudo: all hours of the job count, whoever reads them
        jobs = lines.fsm_order_id
        if not jobs:
            return {}
        known = lines.search(
            [
                ("fsm_order_id", "in", jobs.ids),
                ("project_id", "!=", False),
                ("so_line.effective_billing_policy", "=", CAPPED),
            ]
        )
        groups = {}
        for line in lines | (known - lines._origin):
            groups.setdefault(line.fsm_order_id, lines.browse())
            groups[line.fsm_order_id] |= line
        return groups

    def _get_authorization_key(self):
        """What is billed first is served first: approved hours, the oldest of them."""
        return (not self._is_ready(), self.date, self._origin.id or 0)

    def _is_ready(self):
        return bool(self.filtered_domain(self._get_open_hours_domain()))

    def _get_capped_siblings(self):
        """Lines, in sudo, that share the authorised hours of the jobs of these."""
        capped = self.filtered(lambda line: line._is_capped())
        # sudo: the hours follow what is authorised, whoever changes them
        return self.sudo().browse().union(*capped._get_capped_groups().values())

    def _authorize_decided(self, hours):
        """Count hours over the authorised ones as decided: nobody is asked to pay them.

        :param dict hours: how many of each line: ``{line id: hours}``
        """
        names = ("billable_hours", "unauthorized_hours")
        with self.env.protecting([self._fields[name] for name in names], self):
            for line in self:
                line.billable_hours += hours[line.id]
                line.unauthorized_hours -= hours[line.id]
        self.modified(names)
