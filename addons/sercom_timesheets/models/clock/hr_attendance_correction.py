from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.hours.hours_change import HoursChange, get_hours_change
from .sercom_clock_correction import CLOCK_FIELDS

# What an open entry has said already.
OPEN_FIELDS = frozenset({"check_in", "fsm_order_id", "employee_id"})


class HrAttendance(models.Model):
    """Entries are corrected, never overwritten in silence.

    How it works: a correction writes its entry as superuser, once somebody has accepted it. Any
    other edit of a job's entry by a person makes an accepted correction by itself, with what the
    entry said before; nobody but a manager edits their own. Punches write past the rules
    (``sudo``) and only what is still empty.
    """

    _inherit = "hr.attendance"

    correction_ids = fields.One2many(
        "sercom.clock.correction", "attendance_id", "Corrections", readonly=True
    )
    correction_count = fields.Integer(compute="_compute_correction_count", compute_sudo=True)
    has_open_correction = fields.Boolean(
        "Correction Proposed",
        compute="_compute_correction_count",
        compute_sudo=True,
        search="_search_has_open_correction",
        help="A correction of this entry waits for a supervisor.",
    )

    @api.depends("correction_ids.state")
    def _compute_correction_count(self):
        counts = {
            entry: (total, "proposed" in states)
            for entry, total, states in self.env["sercom.clock.correction"]._read_group(
                [("attendance_id", "in", self.ids)],
                ["attendance_id"],
                ["__count", "state:array_agg_distinct"],
            )
        }
        for entry in self:
            entry.correction_count, entry.has_open_correction = counts.get(
                entry._origin, (0, False)
            )

    def _search_has_open_correction(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: entries that the reader may read, by what waits for them
        found = self.env["sercom.clock.correction"].sudo()._search([("state", "=", "proposed")])
        wanted = [("correction_ids", "any", [("id", "in", found)])]
        return wanted if True in value else ["!", *wanted]

    # What happens when an entry is made, changed or deleted

    def _after_create(self, vals_list):
        super()._after_create(vals_list)
        # Own hours are clocked, or proposed as a missing entry.
        self.filtered("fsm_order_id")._check_not_own()

    def _check_change(self, vals):
        super()._check_change(vals)
        if self.env.su:
            return
        if "is_reviewed" in vals:
            self._check_not_own()  # that nothing is odd about an entry is a decision too
        of_jobs = self.filtered(lambda entry: entry.fsm_order_id or vals.get("fsm_order_id"))
        closed = of_jobs.filtered("check_out")
        if not {*CLOCK_FIELDS, "employee_id"}.isdisjoint(vals):
            closed._check_not_own()
        if not OPEN_FIELDS.isdisjoint(vals):
            (of_jobs - closed)._check_not_own()
        of_jobs._check_same_person(vals)

    def _get_change_snapshot(self, vals):
        return {**super()._get_change_snapshot(vals), "edited": self._get_overwritten(vals)}

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        self._record_direct_edits(before["edited"])
        change = get_hours_change(self)
        if not vals.get("review_reason", True) and not (change and change.is_correction):
            self._drop_found_proposals()

    def _check_unlink(self):
        super()._check_unlink()
        self.filtered("fsm_order_id")._check_not_own()
        self._check_can_delete()

    def _before_unlink(self):
        super()._before_unlink()
        if not self.env.su:
            kept = self.filtered(lambda entry: entry.check_out and entry.fsm_order_id)
            kept._record_deletion()
        # Not left to the database: the job's hours follow its lines.
        # sudo: who may delete an entry deletes the hours made of it.
        self._get_hours_change().apply_to(self.sudo().timesheet_ids).unlink()

    def _check_can_delete(self):
        # sudo: approval of the lines decides, whoever reads them
        for entry in self.sudo():
            if entry.timesheet_ids.filtered(lambda line: line.approval_state != "draft"):
                raise UserError(
                    self.env._(
                        "The hours of %(entry)s are approved. Correct the entry instead of "
                        "deleting it, or have the hours set back to draft first.",
                        entry=entry._get_entry_label(),
                    )
                )

    def _get_overwritten(self, vals):
        """What an edit by a person is about to overwrite: ``{entry of a job: values}``.

        To end an open entry, or to say what it is for, overwrites nothing.
        """
        if self.env.su or {*CLOCK_FIELDS, "employee_id"}.isdisjoint(vals):
            return {}
        to_job = vals.get("fsm_order_id")
        Correction = self.env["sercom.clock.correction"]
        return {
            entry: Correction._prepare_old_vals(entry)
            for entry in self
            if (entry.fsm_order_id or to_job) and (entry.check_out or "check_in" in vals)
        }

    def _check_same_person(self, vals):
        if "employee_id" in vals:
            for entry in self:
                if entry.employee_id.id != vals["employee_id"]:
                    raise UserError(
                        self.env._(
                            "%(entry)s cannot become somebody else's. Delete it, and make an "
                            "entry of the other person.",
                            entry=entry._get_entry_label(),
                        )
                    )

    def _get_hours_change(self):
        """Why the hours of these entries change, as announced or by who is doing it."""
        if change := get_hours_change(self):
            return change
        if self.env.su:
            return HoursChange(self.env._("The clock entry was corrected."))
        return HoursChange(self._get_direct_reason())

    def _get_direct_reason(self):
        return self.env._("Edited by %s", self.env.user.name)

    def _record_direct_edits(self, before):
        """Keep what a supervisor's edit has overwritten, as accepted corrections."""
        Correction = self.env["sercom.clock.correction"]
        vals_list = []
        for entry, old in before.items():
            new = Correction._prepare_old_vals(entry)
            if new != old:
                vals_list.append(self._prepare_direct_correction(entry, old, new))
        # sudo: the evidence is written by Sercom alone.
        Correction.sudo().create(vals_list)

    def _prepare_direct_correction(self, entry, old, new):
        now = fields.Datetime.now()
        return {
            **old,
            **{name.replace("old_", "new_", 1): value for name, value in new.items()},
            "attendance_id": entry.id,
            "employee_id": entry.employee_id.id,
            "source": "direct",
            "state": "accepted",
            "reason": self._get_direct_reason(),
            "proposed_by_id": self.env.uid,
            "decided_by_id": self.env.uid,
            "decided_on": now,
        }

    def _record_deletion(self):
        """Keep what deleted entries of jobs said, and withdraw what was proposed for them."""
        if not self:
            return
        # sudo: the evidence is written by Sercom alone
        Correction = self.env["sercom.clock.correction"].sudo()
        Correction.search([("attendance_id", "in", self.ids), ("state", "=", "proposed")])._close(
            "refused", self.env._("The entry was deleted.")
        )
        vals_list = []
        for entry in self:
            old = Correction._prepare_old_vals(entry)
            vals = self._prepare_direct_correction(entry, old, old)
            reason = self.env._("Deleted by %s", self.env.user.name)
            vals_list.append({**vals, "attendance_id": False, "reason": reason})
        Correction.create(vals_list)

    def _drop_found_proposals(self):
        """A person has said that the hours are right: what Sercom proposed is void."""
        # sudo: who may confirm hours was checked; the proposals are Sercom's own.
        self.env["sercom.clock.correction"].sudo().search(
            [
                ("attendance_id", "in", self.ids),
                ("source", "=", "forgotten"),
                ("state", "=", "proposed"),
            ]
        )._close("refused", self.env._("The hours were confirmed as they are."))

    # Actions

    def action_propose_correction(self, vals=None):
        """Propose that this entry was otherwise; of one's own entries, a supervisor of others'.

        :param dict vals: ``check_in``, ``check_out`` (UTC), ``fsm_order_id``, ``work_type`` as
            they should be, and ``reason``; without it the dialog to fill in is answered
        :return: the proposal, or a window action
        """
        self.ensure_one()
        self.check_access("read")
        if vals:
            Correction = self.env["sercom.clock.correction"]
            return Correction.create({**Correction._rename(vals), "attendance_id": self.id})
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_timesheets.sercom_clock_correction_action_propose"
        )
        action["context"] = {"default_attendance_id": self.id}
        return action

    def action_view_corrections(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_timesheets.sercom_clock_correction_action"
        )
        action.update(domain=[("attendance_id", "=", self.id)], context={"create": False})
        return action

    def _get_entry_label(self):
        """This one entry in words: person, time and job."""
        self.ensure_one()
        return self.env["sercom.clock.correction"]._describe(
            # sudo: words for a message
            self.employee_id,
            self.check_in,
            self.check_out,
            self.fsm_order_id,
        )
