from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SaleOrderLine(models.Model):
    """What is left to bill of a job's lines, by the ledger's reading of the invoices.

    Lines without a job are left to Odoo.
    """

    _inherit = "sale.order.line"

    waived_hours = fields.Float(
        "Hours Not Billed",
        compute="_compute_ledger_sums",
        store=True,
        default=0.0,
        copy=False,
        help="Hours that were written off, are under warranty or absorbed.",
    )
    billed_without_hours = fields.Float(
        compute="_compute_ledger_sums",
        store=True,
        default=0.0,
        copy=False,
        help="Billed of the line before it was worked, or of what is not counted in hours.",
    )

    @api.depends()
    def _compute_ledger_sums(self):
        """Called by the ledger when it has rows about these lines, and by nothing else."""
        sums = self.env["sercom.billing.entry"]._get_line_sums(self)
        for line in self:
            line.waived_hours, line.billed_without_hours = sums.get(line._origin.id, (0.0, 0.0))

    def _take_ledger_sums(self):
        names = ("waived_hours", "billed_without_hours")
        for name in names:
            self.env.add_to_compute(self._fields[name], self)
        self.modified(names)

    @api.depends("invoice_lines.price_unit", "invoice_lines.discount")
    def _compute_qty_invoiced(self):
        return super()._compute_qty_invoiced()

    def _prepare_qty_invoiced(self):
        own = self.filtered("fsm_order_id")
        quantities = super(SaleOrderLine, self - own)._prepare_qty_invoiced()
        for line in own:
            quantities[line] = sum(
                bill._get_effective_quantity(line.product_uom_id)
                for bill in line._get_invoice_lines()
            )
        return quantities

    def _compute_qty_invoiced_posted(self):
        res = super()._compute_qty_invoiced_posted()
        for line in self.filtered("fsm_order_id"):
            for bill in line._get_invoice_lines():
                if bill.parent_state == "posted" and bill._is_price_credit():
                    unit = bill.product_uom_id
                    line.qty_invoiced_posted += unit._compute_quantity(
                        bill.quantity, line.product_uom_id
                    )
        return res

    @api.depends("waived_hours")
    def _compute_qty_to_invoice(self):
        res = super()._compute_qty_to_invoice()
        for line in self.filtered(lambda line: line._is_settled()):
            left = line._get_left_to_bill()
            if line.state == "cancel":
                left = line.qty_delivered - line.qty_invoiced
            if line.waived_hours and line._is_billed_by_hours():
                left -= line._convert_hours(line.waived_hours, is_rounded=False)
            if left < 0:
                # What a draft gives back already is not given back once more.
                left = min(0.0, left + line._get_drafted_credits())
            if left != line.qty_to_invoice:
                line.qty_to_invoice = line.product_uom_id.round(left)
        return res

    def _get_left_to_bill(self):
        """Hook: how much of this one line is left to bill before what is waived; Odoo's answer."""
        self.ensure_one()
        return self.qty_to_invoice

    def _is_settled(self):
        """Whether something may be owed for this one line: also hours of a cancelled order."""
        self.ensure_one()
        if not self.fsm_order_id or self.display_type:
            return False
        return self.state == "sale" or (self.state == "cancel" and self._is_billed_by_hours())

    def _compute_invoice_status(self):
        res = super()._compute_invoice_status()
        for line in self:
            if line.state == "cancel" and line.fsm_order_id and line._get_to_settle():
                line.invoice_status = "to invoice"
        return res

    def _compute_untaxed_amount_to_invoice(self):
        res = super()._compute_untaxed_amount_to_invoice()
        for line in self.filtered("fsm_order_id"):
            for bill in line._get_invoice_lines():
                if bill.parent_state == "posted" and bill._is_price_credit():
                    # A price that was lowered is not asked for again.
                    line.untaxed_amount_to_invoice -= bill.currency_id._convert(
                        bill.price_subtotal,
                        line.currency_id,
                        line.company_id,
                        bill.move_id.invoice_date or fields.Date.context_today(line),
                    )
        return res

    def _get_drafted_credits(self):
        """Quantity that drafts give back of this one line, not counted as billed yet."""
        self.ensure_one()
        return sum(
            max(0.0, -bill._get_signed_quantity(self.product_uom_id))
            for bill in self._get_invoice_lines()
            if bill.parent_state == "draft" and bill._is_on_bill()
        )

    # Billed by the hours worked

    def _is_billed_by_hours(self):
        """Whether this one line bills the hours of its timesheets."""
        self.ensure_one()
        return bool(
            self.fsm_order_id
            and not self.display_type
            and self.product_id
            and self.qty_delivered_method == "timesheet"
            and self.product_id._is_delivered_timesheet()
            and not self.order_id.is_billed_as_sold
        )

    def _convert_hours(self, hours, is_rounded=True):
        """``hours`` in the unit of this one line; a service by the piece counts one for an hour."""
        self.ensure_one()
        hour = self.env["uom.uom"]._get_hour()
        if not self.product_uom_id._has_common_reference(hour):
            return hours
        return hour._compute_quantity(
            hours, self.product_uom_id, round=is_rounded, rounding_method="HALF-UP"
        )

    def _get_hours_factor(self):
        """Hours in a unit of this one line; 1 for what is not sold by time."""
        self.ensure_one()
        hour = self.env["uom.uom"]._get_hour()
        if not self.product_uom_id._has_common_reference(hour):
            return 1.0
        return self.product_uom_id._compute_quantity(1.0, hour, round=False)

    def _recompute_qty_to_invoice(self, start_date, end_date):
        # What is left of the hours of the period, by the ledger; never more than is left at all.
        own = self.filtered(lambda line: line._is_billed_by_hours())
        super(SaleOrderLine, self - own)._recompute_qty_to_invoice(start_date, end_date)
        own._compute_qty_to_invoice()
        hours = own._get_open_hours(start_date, end_date)
        for line in own.sudo():  # sudo: reckoned, and nobody types it
            in_period, left = line._convert_hours(hours[line.id]), line.qty_to_invoice
            quantity = min(in_period, max(left, 0.0)) if in_period > 0 else 0.0
            if in_period < 0:
                quantity = max(in_period, min(left, 0.0))
            if quantity != left:
                status = line.invoice_status
                line.qty_to_invoice = quantity
                line.invoice_status = status

    def _get_open_hours(self, start_date=None, end_date=None):
        """Hours of a period that are neither billed nor waived: ``{order line id: hours}``."""
        hours = defaultdict(float)
        if not self.ids:
            return hours
        lines = self.env["account.analytic.line"].sudo()  # sudo: whoever's hours they are
        domain = lines._get_open_hours_domain() & Domain("so_line", "in", self.ids)
        if start_date:
            domain &= Domain("date", ">=", start_date)
        if end_date:
            domain &= Domain("date", "<=", end_date)
        groups = lines._read_group(
            domain, ["so_line"], ["billable_hours:sum", "billed_hours:sum", "waived_hours:sum"]
        )
        for line, billable, billed, waived in groups:
            hours[line.id] = (billable or 0.0) - (billed or 0.0) - (waived or 0.0)
        return hours

    def _get_overbilled(self):
        """How much more of each line is billed than it is worth: ``{line: quantity}``."""
        return {
            line: -line.qty_to_invoice
            for line in self
            if line._is_settled() and line.qty_to_invoice < 0
        }

    # Hours that find their line later than they are approved

    def _after_create(self):
        super()._after_create()
        self._take_hours_of_jobs()

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if not {"fsm_order_id", "product_id"}.isdisjoint(vals):
            self._take_hours_of_jobs()

    def _take_hours_of_jobs(self):
        """Deliver the hours which are on these lines from now on.

        Odoo moves the hours to a new line, and does not reckon what it delivers anew.
        """
        lines = self.filtered(lambda line: line._is_billed_by_hours())
        # sudo: whoever's hours they are
        hours = lines.fsm_order_id.sudo().timesheet_ids
        if moved := hours.so_line:
            self.env.add_to_compute(moved._fields["qty_delivered"], moved)
            moved.modified(["qty_delivered"])

    # Kept

    def _has_entries(self):
        """Whether the ledger tells of one of these lines."""
        entries = self.env["sercom.billing.entry"]
        return bool(self.ids and entries.search_count([("sale_line_id", "in", self.ids)], limit=1))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_entries(self):
        for line in self:
            # sudo: whoever billed it
            if line.sudo()._has_entries():
                raise UserError(
                    self.env._(
                        "“%(line)s” stays: the billing ledger tells what was billed of it. Set "
                        "its quantity to 0 instead of deleting it.",
                        line=line.display_name,
                    )
                )
