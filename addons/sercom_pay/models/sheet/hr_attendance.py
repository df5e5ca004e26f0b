from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

OFFICER = "hr_attendance.group_hr_attendance_officer"
# What makes the hours of an entry.
HOURS_FIELDS = frozenset(
    {"check_in", "check_out", "employee_id", "fsm_order_id", "work_type", "review_reason"}
)


class HrAttendance(models.Model):
    """Paid time without a job is approved on the clock entry: it is on no timesheet."""

    _inherit = "hr.attendance"

    is_pay_approved = fields.Boolean(
        "Approved for Pay",
        readonly=True,
        copy=False,
        help="A supervisor says that these hours, which belong to no job, are paid.",
    )
    pay_approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    pay_approved_on = fields.Datetime(readonly=True, copy=False)
    pay_line_ids = fields.One2many("sercom.pay.line", "attendance_id", readonly=True)

    _pay_approved_idx = models.Index("(employee_id) WHERE is_pay_approved")

    def action_approve_pay(self):
        """Approve paid time that belongs to no job.

        :raises UserError: naming an entry that is open, under review or on a job
        """
        self._check_may_approve_pay()
        for entry in self:
            if entry.fsm_order_id or not entry.check_out or entry.review_reason:
                raise UserError(
                    self.env._(
                        "%s: only time that is over, reviewed and without a job is approved here. "
                        "Hours of jobs are approved with the timesheets.",
                        entry._get_entry_label(),
                    )
                )
        self._write_pay_approval(True)
        return True

    def action_unapprove_pay(self, reason=None):
        """Take an approval back; what a sheet has locked only with a reason.

        :param str reason: kept on the entry and on the sheet
        """
        self._check_may_approve_pay()
        sheets = self._get_settled_sheets()
        if sheets and not (reason or "").strip():
            raise UserError(
                self.env._(
                    "%(entry)s is on %(sheet)s. Say why its approval is taken back.",
                    entry=self[:1]._get_entry_label(),
                    sheet=sheets[:1].display_name,
                )
            )
        self._write_pay_approval(False)
        if sheets:
            self._tell_unapproved(sheets, reason.strip())
        return True

    def _check_may_approve_pay(self):
        if not self.env.su and not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only a supervisor approves hours."))
        self.check_access("write")
        self._check_not_own()

    def _write_pay_approval(self, approved):
        # sudo: an approval is written by its actions alone
        self.sudo().write(
            {
                "is_pay_approved": approved,
                "pay_approved_by_id": self.env.uid if approved else False,
                "pay_approved_on": fields.Datetime.now() if approved else False,
            }
        )

    def _get_settled_sheets(self):
        """Locked sheets that pay these entries, in sudo."""
        # sudo: what is paid decides, whoever changes the clock
        return self.sudo().pay_line_ids.sheet_id.filtered(lambda sheet: sheet._is_settled())

    def _tell_unapproved(self, sheets, reason):
        body = self.env._(
            "%(person)s took back the approval of %(hours)s: %(reason)s",
            person=self.env.user.name,
            hours=", ".join(entry._get_entry_label() for entry in self),
            reason=reason,
        )
        for record in [*self, *sheets]:
            record._message_log(body=body)

    # The clock

    def _check_change(self, vals):
        super()._check_change(vals)
        if not HOURS_FIELDS.isdisjoint(vals):
            self._check_pay_not_settled()

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if not HOURS_FIELDS.isdisjoint(vals):
            # Hours that change are approved again.
            self.filtered("is_pay_approved")._write_pay_approval(False)

    def _check_unlink(self):
        super()._check_unlink()
        self._check_pay_not_settled()

    def _check_pay_not_settled(self):
        """:raises UserError: naming an entry without a job whose approved hours a sheet locked"""
        for entry in self.filtered("is_pay_approved"):
            if sheets := entry._get_settled_sheets():
                raise UserError(
                    self.env._(
                        "%(entry)s is paid on %(sheet)s. Take its approval back first, with a "
                        "reason: the difference goes on the next sheet.",
                        entry=entry._get_entry_label(),
                        sheet=sheets[:1].display_name,
                    )
                )

    @api.model
    def _get_undecided_domain(self):
        return super()._get_undecided_domain() | Domain(self._get_pay_to_approve_domain())

    @api.model
    def _get_pay_waiting_domain(self):
        """Time that no sheet pays yet: open, under review, or approved by nobody."""
        return (
            Domain("check_out", "=", False)
            | self._get_undecided_domain()
            | Domain("timesheet_ids", "any", [("approval_state", "=", "draft")])
        )

    @api.model
    def _get_pay_to_approve_domain(self):
        """Paid time without a job that waits for an approval."""
        return [
            ("fsm_order_id", "=", False),
            ("check_out", "!=", False),
            ("review_reason", "=", False),
            ("is_pay_approved", "=", False),
            ("in_mode", "!=", "technical"),
        ]
