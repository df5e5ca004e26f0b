from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sercom_requests.tools.context import Sentinel

TOLERANCE = 1e-6
# Fields that nobody writes, superuser included: they are the sums of the ledger.
LEDGER_FIELDS = frozenset({"billed_hours", "waived_hours"})
# Said by the ledger when it writes on which invoice hours are.
FOLLOW_LEDGER = Sentinel("follow_ledger")
# What makes hours billable, or no longer so.
BILLING_FIELDS = frozenset({"approval_state", "unit_amount", "so_line", "project_id"})


class AccountAnalyticLine(models.Model):
    """How much of the hours is billed: the sum of the ledger's rows about them.

    The database itself keeps the billed and waived hours between none and the billable ones; of
    an adjustment, which gives hours back, all are below zero.
    """

    _inherit = "account.analytic.line"

    billed_hours = fields.Float(
        compute="_compute_ledger_hours",
        store=True,
        default=0.0,
        copy=False,
        help="Hours on invoices, less those credited. The billing ledger tells where.",
    )
    waived_hours = fields.Float(
        "Hours Not Billed",
        compute="_compute_ledger_hours",
        store=True,
        default=0.0,
        copy=False,
        help="Written off, under warranty or absorbed: decided, and never billed.",
    )

    _billed_hours_bounds = models.Constraint(
        """CHECK (
            COALESCE(billed_hours, 0) + COALESCE(waived_hours, 0)
                BETWEEN LEAST(0, COALESCE(billable_hours, 0)) - 0.00001
                    AND GREATEST(0, COALESCE(billable_hours, 0)) + 0.00001
            AND COALESCE(billed_hours, 0)
                BETWEEN LEAST(0, COALESCE(billable_hours, 0)) - 0.00001
                    AND GREATEST(0, COALESCE(billable_hours, 0)) + 0.00001
        )""",
        "No more hours can be billed than are billable: credit what was billed first.",
    )

    @api.depends()
    def _compute_ledger_hours(self):
        """Called by the ledger when it has rows about these lines, and by nothing else."""
        sums = self.env["sercom.billing.entry"]._get_timesheet_sums(self)
        for line in self:
            billed, waived = sums.get(line._origin.id, (0.0, 0.0))
            line.billed_hours = round(billed, 6)
            line.waived_hours = round(waived, 6)

    def _is_not_billed(self):
        return super()._is_not_billed() and not any(
            abs(hours) > TOLERANCE for hours in (self.billed_hours or 0, self.waived_hours or 0)
        )

    @api.model
    def _get_open_hours_domain(self):
        """Hours of jobs that may be billed now: approved where the company asks so."""
        return self._get_billable_domain() & Domain("project_id", "!=", False)

    # Changes

    def _check_new(self, vals_list):
        super()._check_new(vals_list)
        for vals in vals_list:
            self._check_ledger_fields(vals)

    def _check_change(self, vals):
        self._check_ledger_fields(vals)
        return super()._check_change(vals)

    @api.model
    def _check_ledger_fields(self, vals):
        if any(vals.get(name) for name in LEDGER_FIELDS & vals.keys()):
            raise UserError(
                self.env._(
                    "Billed hours follow from the invoices. Bill the job, or credit its invoice."
                )
            )

    def _after_create(self):
        super()._after_create()
        self._match_waived()
        self._match_billed_ahead()

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if "timesheet_invoice_id" in vals and not FOLLOW_LEDGER.get(self):
            # Odoo links and frees the hours of whole lines: what the ledger says counts.
            self._get_ledger_lines().so_line._follow_ledger()
        if not BILLING_FIELDS.isdisjoint(vals):
            self._match_waived()
            self._match_billed_ahead()

    def _get_ledger_lines(self):
        """Those of these lines, in sudo, whose hours the ledger keeps."""
        # sudo: the ledger follows, whoever changes hours
        return self.sudo().filtered(lambda line: line.project_id and line.so_line.fsm_order_id)

    def _match_billed_ahead(self):
        """Give these hours to what was billed before they were worked."""
        if order_lines := self._get_ledger_lines().so_line._get_billed_ahead():
            order_lines._sync_ledger()

    # Approval

    def action_reset_to_draft(self):
        self._check_not_on_invoice()
        return super().action_reset_to_draft()

    def _check_not_on_invoice(self):
        """Refuse that hours which an invoice bills are no longer approved.

        :raises UserError: naming the hours, the invoice and the way out
        """
        for line in self.sudo():  # sudo: the invoice need not be the reader's
            if line.project_id and line.waived_hours:
                raise UserError(
                    self.env._(
                        "%s: somebody decided that they are not billed. Take that decision back "
                        "first.",
                        line._get_hours_label(),
                    )
                )
            if line.project_id and not line._is_not_billed():
                raise UserError(
                    self.env._(
                        "%(hours)s is billed on %(invoice)s. Credit or delete that first; or "
                        "correct the clock entry: the difference becomes an adjustment.",
                        hours=line._get_hours_label(),
                        invoice=line.timesheet_invoice_id.display_name or self.env._("an invoice"),
                    )
                )

    def _take_ledger_sums(self):
        """Reckon the billed and waived hours of these lines: the ledger has rows about them."""
        lines = self.exists()
        for name in LEDGER_FIELDS:
            self.env.add_to_compute(self._fields[name], lines)
        lines.modified(LEDGER_FIELDS)
        lines.flush_recordset()  # the database refuses here what nothing else did
