from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

APPROVER = "hr_timesheet.group_hr_timesheet_approver"
TIMESHEET_MANAGER = "hr_timesheet.group_timesheet_manager"
LOCKERS = (TIMESHEET_MANAGER, "account.group_account_invoice")


class AccountAnalyticLine(models.Model):
    """Hours are approved by a person, then locked: what is billed and paid.

    How it works: *draft → approved → locked*, many lines in one write. The clock sends an
    approved line back to draft when its entry changes (``is_reapproval`` then says so); locked
    lines never change. Refusing takes hours off the timesheets: their clock entry waits for a
    review, and has no lines until it is corrected or confirmed.
    """

    _inherit = "account.analytic.line"

    approved_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null", check_company=False
    )
    approved_on = fields.Datetime(readonly=True, copy=False)
    is_reapproval = fields.Boolean(
        "Edited after Approval",
        readonly=True,
        copy=False,
        help="These hours were approved once, and have changed since.",
    )
    approval_note = fields.Char(readonly=True, copy=False, help="Why hours were unlocked.")

    # Actions

    def action_approve(self):
        """Draft → Approved, by whom and when.

        :raises AccessError: when the reader may not approve, or these are their own hours
        :raises UserError: naming the person and day of hours that wait for a review
        """
        lines = self._get_in_state("draft")
        lines._check_may_approve()
        lines._check_can_approve()
        lines._write_approval(
            {
                "approval_state": "approved",
                "approved_by_id": self.env.uid,
                "approved_on": fields.Datetime.now(),
                "is_reapproval": False,
            }
        )
        return True

    def action_reset_to_draft(self):
        """Approved → Draft."""
        lines = self._get_in_state("approved")
        lines._check_may_approve()
        lines._write_approval(
            {"approval_state": "draft", "approved_by_id": False, "approved_on": False}
        )
        return True

    def action_refuse(self, note=None):
        """Take hours off the timesheets until their clock entry is corrected or confirmed.

        :param str note: why, for the person
        :raises UserError: naming lines that are locked or come from no clock entry
        """
        self._check_may_approve()
        for line in self:
            # sudo: approvers read no invoices
            if line.sudo()._is_fixed():
                raise UserError(
                    self.env._("%s is locked. Unlock it first.", line._get_hours_label())
                )
            if not line.attendance_id:
                raise UserError(
                    self.env._(
                        "%s does not come from the clock. Change or delete the line.",
                        line._get_hours_label(),
                    )
                )
        # sudo: who may refuse was checked; approvers need not manage where the hours come from
        self.sudo()._take_back(note)
        return True

    def _take_back(self, note=None):
        """Hook: take these refused hours, in sudo, back to where they come from.

        :param str note: why, for the person
        """

    def action_lock(self):
        """Approved → Locked: from now on only an adjustment changes what is billed and paid."""
        if not any(map(self.env.user.has_group, LOCKERS)) and not self.env.su:
            raise AccessError(self.env._("Only managers and accountants lock hours."))
        self._get_in_state("approved")._write_approval({"approval_state": "locked"})
        return True

    def action_unlock(self, reason=None):
        """Locked → Approved; managers only, with a reason, and never what is billed.

        :param str reason: kept on the line
        """
        if not self.env.user.has_group(TIMESHEET_MANAGER) and not self.env.su:
            raise AccessError(self.env._("Only a manager unlocks hours."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why these hours are unlocked."))
        lines = self._get_in_state("locked")
        for line in lines:
            # sudo: the invoice need not be the reader's
            if not line.sudo()._is_not_billed():
                raise UserError(
                    self.env._(
                        "%(hours)s is billed on %(invoice)s. Correct the clock entry: the "
                        "difference becomes an adjustment.",
                        hours=line._get_hours_label(),
                        # sudo: the invoice need not be the reader's
                        invoice=line.sudo().timesheet_invoice_id.name,
                    )
                )
        note = self.env._(
            "Unlocked by %(person)s: %(reason)s", person=self.env.user.name, reason=reason.strip()
        )
        lines._write_approval({"approval_state": "approved", "approval_note": note})
        return True

    def _get_in_state(self, state):
        """Those of these timesheet lines that are in a state."""
        return self.filtered(lambda line: line.project_id and line.approval_state == state)

    def _write_approval(self, vals):
        """Write what was decided past the rules: who may was checked, and nothing else changes."""
        # sudo: approval is written by these actions alone.
        self.sudo().write(vals)

    # Checks

    def _check_may_approve(self):
        if self.env.su:
            return
        if not self.env.user.has_group(APPROVER):
            raise AccessError(self.env._("Only a supervisor approves hours."))
        self.check_access("read")
        if self.env.user.has_group(TIMESHEET_MANAGER):
            return
        for line in self:
            # sudo: employees do not read each other's files
            if self.env.user in line.user_id | line.sudo().employee_id.user_id:
                raise AccessError(
                    self.env._(
                        "%s: nobody approves their own hours. Ask a manager.",
                        line._get_hours_label(),
                    )
                )

    def _check_can_approve(self):
        """Hook: refuse to approve hours that somebody has to look at first; once for the set.

        :raises UserError: naming the first of them
        """

    def _get_hours_label(self):
        """This one line in words: person, day, hours and job."""
        self.ensure_one()
        # sudo: words for a message
        line = self.sudo()
        minutes = round(line.unit_amount * 60)
        hours = f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02}"
        words = (line.employee_id.name, fields.Date.to_string(line.date), hours)
        return ", ".join(filter(None, (*words, line.fsm_order_id.name)))

    @api.model
    def _get_to_approve_domain(self):
        """Hours that wait for an approval."""
        return [("project_id", "!=", False), ("approval_state", "=", "draft")]
