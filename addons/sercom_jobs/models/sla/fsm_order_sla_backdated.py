from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.field_access import OFFICE, merge_fields
from odoo.addons.sercom_requests.tools.wording import format_moment

# The actual time that meets each target, and the deadline of it.
TARGETS = {"date_start": "sla_first_visit_deadline", "date_end": "sla_deadline"}


class FsmOrder(models.Model):
    """An actual time that is told when its deadline has passed leaves a mark.

    A phone without network tells a visit hours later, and the office corrects a wrong time: both
    are right, and both turn a service level that was missed into one that was met. So it stays
    visible who told it, when, what it was before and why.
    """

    _inherit = "fsm.order"

    time_change_reason = fields.Char(
        "Reason for the Changed Time",
        copy=False,
        help="Why an actual time is changed so that the service level counts as met.",
    )
    sla_backdated_note = fields.Text(
        "Met by a Time Told Later",
        copy=False,
        readonly=True,
        help="A target counts as met by an actual time that was told after its deadline.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {OFFICE: {"time_change_reason"}})

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if names := TARGETS.keys() & {name for name in vals if vals[name]}:
            before["times"] = {
                name: {job: job[name] for job in self.filtered("sla_policy_id")} for name in names
            }
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        for name, times in before.get("times", {}).items():
            for job, old in times.items():
                if job._is_backdated(name, old):
                    job._note_backdated(name, old, vals.get("time_change_reason"))

    def _is_backdated(self, name, old):
        """Whether the actual time ``name`` of this one job meets a deadline that had passed.

        :param old: the time before it was changed, in UTC
        """
        deadline = self[TARGETS[name]]
        if not deadline or not self[name]:
            return False
        return self[name] <= deadline < fields.Datetime.now() and (not old or old > deadline)

    def _note_backdated(self, name, old, reason):
        """Keep who told the time, when, what it was before and why, on the job and its chatter.

        :raises UserError: when the office changes a time without saying why
        """
        label = self._fields[name]._description_string(self.env)
        if not reason and not self.env.su:
            raise UserError(
                self.env._(
                    "“%(field)s” would make %(job)s meet its service level after the deadline. "
                    "Say why in “%(reason)s” first.",
                    field=label,
                    job=self.name,
                    reason=self._fields["time_change_reason"]._description_string(self.env),
                )
            )
        note = self.env._(
            "%(field)s told as %(new)s (before: %(old)s) by %(user)s on %(now)s. "
            "Reason: %(reason)s",
            field=label,
            new=format_moment(self.env, self[name]),
            old=format_moment(self.env, old) if old else self.env._("none"),
            user=self.env.user.name,
            now=format_moment(self.env, fields.Datetime.now()),
            reason=reason or self.env._("noted on site, received later"),
        )
        job = self.sudo()  # sudo: the mark is noted, never told
        job.sla_backdated_note = "\n".join(filter(None, [job.sla_backdated_note, note]))
        job._message_log(body=note)
