from odoo import fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_datetime

from odoo.addons.sercom_requests.tools.lock import lock_rows

from ...tools.clock.correction import MAX_HOURS, find_error
from ...tools.hours.hours_change import HoursChange
from .hr_attendance import ATTENDANCE_MANAGER
from .sercom_clock_correction import CLOCK_FIELDS, OFFICER


class SercomClockCorrection(models.Model):
    """Deciding on a correction: what is checked, who may, and what it does to the entry.

    Two supervisors who decide at the same moment wait for each other on the row; the one who
    comes second reads who decided what.
    """

    _inherit = "sercom.clock.correction"

    def action_accept(self):
        """Proposed → Accepted: the entry and its timesheet lines follow.

        :raises AccessError: when the reader may not decide, such as on their own hours
        :raises UserError: naming the person and what cannot be in the times
        """
        self._start_decision()
        # sudo: who may decide was checked, and the decision is kept; the entry is evidence
        corrections = self.sudo()
        corrections._catch_up()
        corrections._check_proposal(deciding=True)
        for correction in corrections.sorted("id"):
            correction._apply()
        corrections._close("accepted")
        corrections._get_rivals()._close(
            "refused", self.env._("Another correction of this entry was accepted.")
        )
        return True

    def action_refuse(self, note=None):
        """Proposed → Refused; the entry stays what it is.

        :param str note: why, for who proposed it
        """
        self._start_decision()
        self._close("refused", note)
        return True

    def action_withdraw(self):
        """Proposed → Withdrawn, by who proposed it or the person it is about."""
        self.check_access("read")
        # sudo: who proposed it decides, whoever reads them
        for correction in self.sudo():
            people = correction.proposed_by_id | correction.employee_id.user_id
            if self.env.user not in people and not self.env.user.has_group(ATTENDANCE_MANAGER):
                raise AccessError(
                    self.env._(
                        "%s was proposed by somebody else. Refuse it instead.",
                        correction.display_name,
                    )
                )
        self._lock_undecided()
        self._close("withdrawn")
        return True

    def _start_decision(self):
        """Check that the reader may decide, and keep others from deciding meanwhile."""
        self.check_access("read")
        self._check_may_decide()
        self._lock_undecided()

    def _check_may_decide(self):
        if self.env.su:
            return
        user = self.env.user
        if not user.has_group(OFFICER):
            raise AccessError(self.env._("Only a supervisor decides on corrections of hours."))
        self.check_access("write")
        if user.has_group(ATTENDANCE_MANAGER):
            return
        # sudo: employees do not read each other's files
        for correction in self.sudo():
            if correction.employee_id.user_id == user:
                raise AccessError(
                    self.env._(
                        "%s: nobody decides on their own hours. Ask a manager.",
                        correction.display_name,
                    )
                )

    def _lock_undecided(self):
        """Wait for others who decide on the same corrections; refuse what is decided already."""
        if not self:
            return
        lock_rows(self)
        states = dict(self._fields["state"]._description_selection(self.env))
        # sudo: words for a message
        for correction in self.sudo():
            if correction.state != "proposed":
                raise UserError(
                    self.env._(
                        "%(correction)s: %(state)s by %(person)s on %(date)s. Nothing was changed.",
                        correction=correction.display_name,
                        state=states[correction.state].lower(),
                        person=correction.decided_by_id.name or "",
                        date=format_datetime(self.env, correction.decided_on, dt_format="short"),
                    )
                )

    def _close(self, state, note=None):
        """Move corrections to a final state, and tell the people they are about."""
        if not self:
            return
        vals = {
            "state": state,
            "decided_by_id": self.env.uid,
            "decided_on": fields.Datetime.now(),
        }
        if note:
            vals["decision_note"] = note
        # sudo: who may was checked by each action
        closed = self.sudo()
        closed.write(vals)
        closed._drop_requests()
        if state in ("accepted", "refused"):
            closed._notify_decision(state)

    def _get_rivals(self):
        """Other corrections of the same entries as these, in sudo, that wait for a decision."""
        if not self.attendance_id:
            return self.browse()
        return self.search(
            [
                ("attendance_id", "in", self.attendance_id.ids),
                ("state", "=", "proposed"),
                ("id", "not in", self.ids),
            ]
        )

    # What a correction does

    def _catch_up(self):
        """Follow entries that have moved since: what was not to change is left as it is now."""
        for correction in self.filtered("attendance_id"):
            entry, vals = correction.attendance_id, {}
            for name in CLOCK_FIELDS:
                old, new = f"old_{name}", f"new_{name}"
                if entry[name] != correction[old]:
                    vals[old] = entry[name]
                    if correction[new] == correction[old]:
                        vals[new] = entry[name]
            if vals:
                correction.write(vals)

    def _apply(self):
        """Write the correction, in sudo, into its entry, or make the missing one."""
        self.ensure_one()
        vals = {
            name: self[f"new_{name}"].id if name == "fsm_order_id" else self[f"new_{name}"]
            for name in CLOCK_FIELDS
        }
        change = HoursChange(self.reason, is_correction=True)
        Entry = change.apply_to(self.env["hr.attendance"])
        # Who decides has looked at the hours.
        vals["review_reason"] = False
        if self.attendance_id:
            entry = Entry.browse(self.attendance_id.id)
            if entry.out_mode == "auto_check_out":
                vals["out_mode"] = "manual"
            entry.write(vals)
        else:
            entry = Entry.create({**vals, "employee_id": self.employee_id.id})
            self.attendance_id = entry

    # Checks

    def _check_proposal(self, deciding=False):
        """Refuse what cannot be: backward, future, endless or overlapping times, closed jobs.

        :param bool deciding: whether the entry is about to be written
        :raises ValidationError: naming the person, the time and the way out
        """
        now = fields.Datetime.now()
        # sudo: jobs and entries that speak against it, whoever reads them
        corrections = self.sudo()
        for correction in corrections:
            error = correction._get_time_error(now, deciding) or correction._get_job_error()
            if error:
                raise ValidationError(error)
        corrections._check_overlaps()

    def _get_time_error(self, now, deciding):
        """What is wrong with the times of the correction, in words."""
        names = {"entry": self._get_label()}
        if not (self.reason or "").strip():
            return self.env._("%(entry)s: say why.", **names)
        if not self.new_check_out and (deciding or self.old_check_out):
            open_entry = self.attendance_id and not self.attendance_id.check_out
            if not open_entry:
                return self.env._("%(entry)s: say when the person clocked out.", **names)
        if deciding and self.source == "forgotten" and not self.new_check_out:
            return self.env._("%(entry)s: say when the person clocked out.", **names)
        error = find_error(self.new_check_in, self.new_check_out or None, now)
        if error == "backward":
            return self.env._(
                "%(entry)s: the clock-out is not after the clock-in. Check both times.", **names
            )
        if error == "future":
            return self.env._(
                "%(entry)s is in the future. Hours are written down once they are worked.", **names
            )
        if error == "long":
            return self.env._(
                "%(entry)s is longer than %(hours)g hours. Propose one entry for each day.",
                hours=MAX_HOURS,
                **names,
            )
        return None

    def _get_job_error(self):
        """What speaks against the job of the correction, in words."""
        job = self.new_fsm_order_id
        moved = job != self.old_fsm_order_id or not self.attendance_id
        if job.state == "cancelled" and moved:
            return self.env._(
                "%(job)s is cancelled. Choose another job for %(entry)s, or reopen it.",
                job=job.name,
                entry=self._get_label(),
            )
        if job.company_id and job.company_id != self.company_id:
            return self.env._(
                "%(job)s is of %(company)s. Choose a job of the company of %(person)s.",
                job=job.name,
                company=job.company_id.name,
                person=self.employee_id.name,
            )
        return None

    def _check_overlaps(self):
        """Refuse corrections that overlap an entry of the same person, or each other."""
        if not self:
            return
        entries = self._find_neighbours()
        for correction in self:
            for other in entries.get(correction.employee_id, ()):
                if other != correction.attendance_id and correction._overlaps(
                    other.check_in, other.check_out
                ):
                    raise ValidationError(
                        self.env._(
                            "%(entry)s overlaps %(other)s. Correct that entry first, or change "
                            "the times.",
                            entry=correction._get_label(),
                            other=self._describe(
                                other.employee_id,
                                other.check_in,
                                other.check_out,
                                other.fsm_order_id,
                            ),
                        )
                    )

    def _overlaps(self, start, end):
        """Whether the correction shares an instant with a span; open spans have no end."""
        own_end = self.new_check_out
        return (not own_end or start < own_end) and (not end or self.new_check_in < end)

    def _find_neighbours(self):
        """Entries that may overlap these corrections, in sudo: ``{employee: entries}``."""
        ends = self.mapped("new_check_out")
        domain = Domain("employee_id", "in", self.employee_id.ids) & (
            Domain("check_out", "=", False)
            | Domain("check_out", ">", min(self.mapped("new_check_in")))
        )
        if all(ends):
            domain &= Domain("check_in", "<", max(ends))
        return dict(self.env["hr.attendance"].search(domain).grouped("employee_id"))
