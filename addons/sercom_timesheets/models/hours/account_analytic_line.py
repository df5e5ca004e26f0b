from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.work_types import WORK_TYPES

APPROVAL_STATES = [("draft", "To Approve"), ("approved", "Approved"), ("locked", "Locked")]


class AccountAnalyticLine(models.Model):
    """The timesheet: hours of one person on one job and day, costed, approved, then billed.

    Lines made from a clock entry change with it. What is approved and changes must be approved
    again; what is billed or locked never changes, it is adjusted by another line.
    """

    _inherit = "account.analytic.line"

    fsm_order_id = fields.Many2one(string="Job", index="btree_not_null", domain=[])
    attendance_id = fields.Many2one(
        "hr.attendance",
        string="Clock Entry",
        index="btree_not_null",
        ondelete="cascade",
        readonly=True,
        copy=False,
    )
    work_type = fields.Selection(WORK_TYPES, default="work")
    approval_state = fields.Selection(
        APPROVAL_STATES,
        string="Approval",
        default="draft",
        required=True,
        index=True,
        copy=False,
        readonly=True,
    )
    billable_hours = fields.Float(
        compute="_compute_billable_hours",
        store=True,
        help="Hours that count for the invoice. The hours worked stay as they are, for cost and "
        "pay.",
    )
    is_adjustment = fields.Boolean("Adjustment", readonly=True, copy=False)
    adjustment_reason = fields.Char(readonly=True, copy=False)

    @api.depends("unit_amount", "so_line", "project_id")
    def _compute_billable_hours(self):
        for line in self:
            billable = line.project_id and line.so_line
            line.billable_hours = line.unit_amount if billable else 0.0

    @api.depends("fsm_order_id", "fsm_order_id.sale_line_ids", "work_type")
    def _compute_so_line(self):
        return super()._compute_so_line()

    def _timesheet_determine_sale_line(self):
        if self.fsm_order_id:
            if self.is_adjustment and self.unit_amount < 0:
                adjusted = self._get_adjusted_line()
                if adjusted:
                    return adjusted.so_line
            # sudo: the order is not the technician's to read
            return self.fsm_order_id.sudo()._get_billing_line(
                self.work_type, employee=self.employee_id
            )
        return super()._timesheet_determine_sale_line()

    def _get_adjusted_line(self):
        """The line whose hours the adjustment gives back, if its order line is settled."""
        # sudo: all lines of the entry decide, whoever reads them
        lines = self.sudo().attendance_id.timesheet_ids.filtered(
            lambda line: (
                line.id != self._origin.id
                and line.fsm_order_id == self.fsm_order_id
                and line.date == self.date
                and line.work_type == self.work_type
                and line._get_rate_key() == self._get_rate_key()
                and line._is_fixed()
                and line._keeps_order_line()
            )
        )
        return lines.sorted("id")[-1:]

    def _get_rate_key(self):
        """Hook: key of the rate that bills this one line; ``False`` for that of its job's line."""
        return False

    def _keeps_order_line(self):
        """Whether the line stays on its order line wherever its job goes."""
        return self.is_so_line_edited or not self._is_not_billed()

    @api.depends("fsm_order_id.partner_id")
    def _compute_partner_id(self):
        of_jobs = self.filtered(lambda line: line.project_id and line.fsm_order_id)
        res = super(AccountAnalyticLine, self - of_jobs)._compute_partner_id()
        for line in of_jobs:
            line.partner_id = line.fsm_order_id.partner_id
        return res

    @api.model
    def _get_billable_domain(self):
        """Timesheets that count as delivered: of jobs, the approved ones where a company asks so.

        Those of plain projects are delivered as Odoo has it.
        """
        return (
            Domain("fsm_order_id", "=", False)
            | Domain("company_id.is_billing_approved_only", "=", False)
            | Domain("approval_state", "in", ("approved", "locked"))
        )

    def _is_fixed(self):
        """Whether the line is locked or billed, and so never changes."""
        self.ensure_one()
        return self.approval_state == "locked" or not self._is_not_billed()

    def _check_can_write(self, values):
        # Odoo asks for an approver; hours on jobs are the accountant's too, who bills them.
        others = self.browse()
        if self.env.user.has_group("account.group_account_invoice"):
            others = self.filtered("fsm_order_id")
        return super(AccountAnalyticLine, self - others)._check_can_write(values)

    def _is_readonly(self):
        return super()._is_readonly() or self.approval_state == "locked" or bool(self.attendance_id)

    def _differs(self, name, value):
        current = self[name]
        current = current.id if isinstance(current, models.BaseModel) else current
        if name == "unit_amount":
            return abs(current - value) > 1e-9
        return current != value
