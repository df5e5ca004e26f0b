from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools.hours.hours_change import get_hours_change
from .account_analytic_line_approval import TIMESHEET_MANAGER

# Who logs hours, and who bills them.
HOURS_WRITERS = ("hr_timesheet.group_hr_timesheet_user", "account.group_account_invoice")
# What makes the hours of a line: whoever changes one of these changes them.
HOURS_FIELDS = frozenset(
    {
        "unit_amount",
        "product_uom_id",
        "date",
        "employee_id",
        "fsm_order_id",
        "project_id",
        "task_id",
        "work_type",
    }
)
APPROVAL_FIELDS = frozenset(
    {"approval_state", "approved_by_id", "approved_on", "is_reapproval", "approval_note"}
)
# Fields of Odoo and OCA that are guarded too: an invoice is written as superuser, with the bill.
GUARDED_FIELDS = frozenset({"timesheet_invoice_id", "fsm_order_id"})
# What a person may still write on a line that is locked or billed,
FIXED_WRITABLE = frozenset({"name"})
# and on one that follows its clock entry.
CLOCKED_WRITABLE = FIXED_WRITABLE | {"so_line", "is_so_line_edited"}
# What Odoo and Sercom themselves still write on a line that is locked or billed.
FIXED_SYSTEM_WRITABLE = FIXED_WRITABLE | APPROVAL_FIELDS | {"timesheet_invoice_id", "amount"}


class AccountAnalyticLine(models.Model):
    """The one door of a timesheet line, and who writes which of its fields.

    How it works: no other file of this add-on overrides ``create`` or ``write`` of a line. They
    call these hooks, in this order:

    1. ``_check_new`` / ``_check_change``: refuse, before anything is stored
    2. ``_prepare_new_vals``: complete the values of new lines
    3. ``_get_change_snapshot``: what there was before
    4. ``super()``: Odoo
    5. ``_after_create`` / ``_after_change``: pass the change on

    A line that is locked or billed, or that follows its clock entry, has a list of what may still
    be written on it; everything else is refused. Lines of plain projects are left to Odoo.
    """

    _name = "account.analytic.line"
    _inherit = ["account.analytic.line", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    @api.model
    def _get_writable_fields(self):
        fields = super()._get_writable_fields()
        own = {"fsm_order_id", "work_type"}
        return {**fields, **{group: fields.get(group, set()) | own for group in HOURS_WRITERS}}

    @api.model
    def _is_field_closed(self, field):
        return field.name in GUARDED_FIELDS or super()._is_field_closed(field)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_new(vals_list)
        lines = super().create(self._prepare_new_vals(vals_list))
        lines._check_not_own()
        lines._after_create()
        return lines

    def write(self, vals):
        self._check_changed_fields(vals)
        self._check_change(vals)
        before = self._get_change_snapshot(vals)
        super().write(vals)
        self._after_change(vals, before)
        return True

    @api.model
    def _check_new(self, vals_list):
        """Hook: refuse new lines; once for the set.

        :raises UserError: when one of them says what it costs
        """
        if not self.env.su:
            job = self.env.context.get("default_fsm_order_id")
            cost = self.env.context.get("default_amount")
            for vals in vals_list:
                if vals.get("fsm_order_id", job) and vals.get("amount", cost):
                    raise UserError(
                        self.env._(
                            "What hours on a job cost follows from the person's hourly cost. "
                            "Leave the amount out."
                        )
                    )

    @api.model
    def _prepare_new_vals(self, vals_list):
        """Hook: values of new lines, completed: hours typed on a job get the firm's project.

        :param list vals_list: values as given, not to be changed in place
        :return: as many values, in the same order
        """
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            self._give_project(vals)
        return vals_list

    @api.model
    def _give_project(self, vals):
        if not vals.get("fsm_order_id") or vals.get("project_id") or vals.get("task_id"):
            return
        if vals.get("employee_id") or vals.get("user_id"):
            # sudo: whoever logs hours on a job has them on its company's project.
            job = self.env["fsm.order"].browse(vals["fsm_order_id"]).sudo()
            vals["project_id"] = job.company_id._get_service_project().id

    def _after_create(self):
        """Hook: pass new lines on; once for the set."""

    def _check_change(self, vals):
        """Hook: refuse ``vals``; once for the set, before anything is stored.

        :raises UserError: naming the line and the way out
        """
        if not HOURS_FIELDS.isdisjoint(vals):
            self._check_not_own()
        hours = self._get_guarded_hours()
        fixed = hours.filtered(lambda line: line._is_fixed())
        if not vals.keys() <= self._get_fixed_writable():
            fixed._refuse_change()
        if not self._may_change_clocked(vals):
            (hours - fixed).filtered("attendance_id")._refuse_clocked_change()
        if "amount" in vals and not self.env.su:
            hours.filtered("fsm_order_id")._refuse_cost()

    def _get_change_snapshot(self, vals):
        """Hook: what ``_after_change`` compares with: ``{name of the extension: what it needs}``.

        :param dict vals: what is about to be written
        """
        approved = self.browse()
        if not HOURS_FIELDS.isdisjoint(vals) and "approval_state" not in vals:
            # sudo: they come back for approval, whoever may read them
            approved = self.sudo().filtered(lambda line: line.approval_state == "approved")
        return {"approved": approved}

    def _after_change(self, vals, before):
        """Hook: pass a change on; once for the set.

        :param dict vals: what was written
        :param dict before: ``_get_change_snapshot`` before it was
        """
        if not HOURS_FIELDS.isdisjoint(vals):
            self._check_not_own()
        if before["approved"]:
            before["approved"]._come_back_for_approval()

    def _come_back_for_approval(self):
        """Hours that changed after they were approved are approved again."""
        # sudo: approval is written by its own actions, and here.
        self.sudo().write(
            {
                "approval_state": "draft",
                "is_reapproval": True,
                "approved_by_id": False,
                "approved_on": False,
            }
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_fixed(self):
        self._check_not_own()
        hours = self._get_guarded_hours()
        hours.filtered(lambda line: line._is_fixed())._refuse_change()
        if not get_hours_change(self):
            hours.filtered("attendance_id")._refuse_clocked_change()

    # What may still change

    def _get_guarded_hours(self):
        """Those of these lines whose hours Sercom keeps: of jobs, and what is locked; in sudo."""
        # sudo: what a line is of and whether it is billed decides, whoever reads that.
        return self.sudo().filtered(
            lambda line: line.project_id and (line.fsm_order_id or line.approval_state == "locked")
        )

    def _get_fixed_writable(self):
        """Names of the fields that may still be written on lines that are locked or billed."""
        if self.env.su:
            return FIXED_SYSTEM_WRITABLE | set(self._get_plan_fnames())
        return FIXED_WRITABLE

    def _may_change_clocked(self, vals):
        """Whether ``vals`` may be written on lines that follow a clock entry."""
        if get_hours_change(self):
            return True
        if self.env.su:
            return HOURS_FIELDS.isdisjoint(vals)
        return vals.keys() <= CLOCKED_WRITABLE

    def _check_not_own(self):
        """Refuse one's own hours on jobs, except to managers: they are clocked, or proposed.

        :raises AccessError: naming the first line that is the user's own
        """
        if self.env.su or self.env.user.has_group(TIMESHEET_MANAGER):
            return
        for line in self.sudo():  # sudo: employees do not read each other's files
            is_own = self.env.user in line.user_id | line.employee_id.user_id
            if is_own and line.project_id and line.fsm_order_id:
                raise AccessError(
                    self.env._(
                        "%s: nobody writes down their own hours on a job. Clock in, or propose a "
                        "correction.",
                        line._get_hours_label(),
                    )
                )

    def _refuse_change(self):
        """:raises UserError: naming the first line of the set, which is fixed"""
        if line := self[:1]:
            raise UserError(
                self.env._(
                    "The hours of %(person)s on %(job)s, %(date)s, are %(state)s: they are "
                    "adjusted by another line, never changed.",
                    person=line.employee_id.name,
                    job=line.fsm_order_id.name or line.project_id.name,
                    date=line.date,
                    state=self.env._("locked")
                    if line.approval_state == "locked"
                    else self.env._("invoiced"),
                )
            )

    def _refuse_clocked_change(self):
        """:raises UserError: naming the first line of the set, which follows its clock entry"""
        if line := self[:1]:
            raise UserError(
                self.env._(
                    "The hours of %(person)s on %(job)s, %(date)s, come from the clock. "
                    "Correct the clock entry instead.",
                    person=line.employee_id.name,
                    job=line.fsm_order_id.name,
                    date=line.date,
                )
            )

    def _refuse_cost(self):
        """:raises UserError: naming the first line of the set, whose cost is reckoned"""
        if line := self[:1]:
            raise UserError(
                self.env._(
                    "What %(hours)s costs follows from the hours and the person's hourly cost. "
                    "Change those instead.",
                    hours=line._get_hours_label(),
                )
            )
