from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_duration

from odoo.addons.sercom_requests.tools.field_access import readers_only

READERS = "account.group_account_invoice,fieldservice.group_fsm_manager"
TINY = 1 / 120  # half a minute
NO_HOURS = (0.0, 0.0, 0.0, 0.0)


class FsmOrder(models.Model):
    """Ready to bill: what is to decide of each job, and why."""

    _inherit = "fsm.order"

    billable_hours = fields.Float(
        compute="_compute_billing",
        compute_sudo=True,
        groups=READERS,
        help="Hours on lines billed as worked, by the company's minimum and increment.",
    )
    billed_hours = fields.Float(compute="_compute_billing", compute_sudo=True, groups=READERS)
    hours_to_bill = fields.Float(
        compute="_compute_billing",
        compute_sudo=True,
        groups=READERS,
        help="Approved hours that are neither billed nor decided; below zero, to credit.",
    )
    undecided_hours = fields.Float(
        "Over Sold, Undecided",
        compute="_compute_billing",
        compute_sudo=True,
        groups=READERS,
        help="Hours worked over those of a fixed price, of which nobody has said what becomes.",
    )
    amount_to_bill = fields.Monetary(
        compute="_compute_billing",
        compute_sudo=True,
        groups=READERS,
        help="Before taxes; below zero, to credit.",
    )
    billing_difference = fields.Char(
        "To Decide", compute="_compute_billing", compute_sudo=True, groups=READERS
    )
    is_ready_to_bill = fields.Boolean(
        compute="_compute_billing",
        compute_sudo=True,
        search="_search_is_ready_to_bill",
        groups=READERS,
    )

    @api.depends(
        "timesheet_ids.billable_hours",
        "timesheet_ids.approval_state",
        "unauthorized_hours",
        "sale_line_ids.qty_to_invoice",
        "sale_line_ids.waived_hours",
        "is_over_sold",
        "state",
        "is_signature_missing",
        "sla_status",
    )
    def _compute_billing(self):
        hours = self._origin._get_hours_by_line()
        facts = self._origin._get_facts_to_decide()
        for job in self:
            by_hours = job.sale_line_ids.filtered(lambda line: line._is_billed_by_hours())
            sums = [hours.get(line._origin.id, NO_HOURS) for line in by_hours]
            job.billable_hours = sum(own[0] for own in sums)
            job.billed_hours = sum(own[1] for own in sums)
            job.hours_to_bill = sum(own[3] for own in sums)
            job.amount_to_bill = job._get_amount_to_bill()
            waived = sum((job.sale_line_ids - by_hours).mapped("waived_hours"))
            over = job.worked_hours - job.sold_hours - waived
            is_over = job.is_over_sold and not by_hours and over > TINY
            job.undecided_hours = over if is_over else 0.0
            reasons = job._get_reasons_to_decide(facts.get(job._origin.id, {}))
            notes = job._get_notes_to_bill() if reasons else []
            job.billing_difference = "; ".join([*reasons, *notes])
            job.is_ready_to_bill = bool(reasons) and job.state in ("done", "cancelled")

    def _get_amount_to_bill(self):
        """What is left to bill of this one job before taxes; below zero, to credit."""
        amount = 0.0
        for line in self.sale_line_ids._get_to_settle():
            amount += line.qty_to_invoice * line._get_price_to_bill()
        return amount

    def _get_hours_by_line(self):
        """``{order line id: (billable, billed, waived, open and approved)}`` of these jobs."""
        if not self.ids:
            return {}
        Timesheet = self.env["account.analytic.line"].sudo()  # sudo: whoever's hours they are
        domain = Domain("so_line", "in", self.sale_line_ids.ids) & Domain("project_id", "!=", False)
        sums = ["billable_hours:sum", "billed_hours:sum", "waived_hours:sum"]
        found = {
            line.id: [value or 0.0 for value in values]
            for line, *values in Timesheet._read_group(domain, ["so_line"], sums)
        }
        opened = self.sale_line_ids._get_open_hours()
        return {line: (*values, opened.get(line, 0.0)) for line, values in found.items()}

    def _get_hours_to_approve(self, lines=None):
        """Hours of these jobs that nobody has approved: ``{job id: hours}``.

        :param lines: only those on these lines of orders
        """
        Timesheet = self.env["account.analytic.line"].sudo()  # sudo: whoever's hours they are
        domain = [("fsm_order_id", "in", self.ids), *Timesheet._get_to_approve_domain()]
        if lines is not None:
            domain.append(("so_line", "in", lines.ids))
        groups = Timesheet._read_group(domain, ["fsm_order_id"], ["unit_amount:sum"])
        return {job.id: hours for job, hours in groups}

    def _get_facts_to_decide(self):
        """Hook: what ``_get_reasons_to_decide`` needs, read for all these jobs at once.

        :return: ``{job id: {name: value}}``; here ``to_approve``, hours that nobody has approved
        """
        return {job: {"to_approve": hours} for job, hours in self._get_hours_to_approve().items()}

    def _get_reasons_to_decide(self, facts):
        """Hook: what is to bill or to decide of this one job, in words.

        :param dict facts: ``_get_facts_to_decide`` of this job
        """
        self.ensure_one()
        to_approve = facts.get("to_approve", 0.0)
        reasons = []
        settled = self.sale_line_ids._get_to_settle()
        if any(line.qty_to_invoice > 0 for line in settled):
            reasons.append(self.env._("to bill"))
        if any(line.qty_to_invoice < 0 for line in settled):
            reasons.append(self.env._("credit owed"))
        if to_approve > TINY:
            reasons.append(self.env._("%s h not approved", format_duration(to_approve)))
        if self.undecided_hours:
            reasons.append(
                self.env._("%s h over the sold ones", format_duration(self.undecided_hours))
            )
        if self.unauthorized_hours > TINY:
            reasons.append(
                self.env._("%s h not authorised", format_duration(self.unauthorized_hours))
            )
        if any(order._has_deposit_to_deduct() for order in self.sale_id):
            is_deducted = any(line.qty_to_invoice > 0 for line in settled)
            reasons.append(
                self.env._("deposit to deduct")
                if is_deducted
                else self.env._("deposit to give back")
            )
        return reasons

    def _get_notes_to_bill(self):
        """Hook: what to know of this one job before it is billed; nothing waits for it."""
        self.ensure_one()
        notes = []
        if self.state == "done" and self.is_signature_missing:
            notes.append(self.env._("not signed"))
        if self.sla_status in ("late", "missed"):
            notes.append(self.env._("service level missed"))
        return notes

    @api.model
    @readers_only
    def _search_is_ready_to_bill(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        reasons = Domain.OR(self._get_ready_domains())
        return Domain("state", "in", ("done", "cancelled")) & reasons

    @api.model
    def _get_ready_domains(self):
        """Hook: of which jobs there is something to bill or to decide, one domain a reason."""
        return [
            Domain("sale_line_ids.qty_to_invoice", "!=", 0),
            Domain(
                "sale_id.order_line",
                "any",
                [("is_downpayment", "=", True), ("qty_to_invoice", "<", 0)],
            ),
            Domain(
                "timesheet_ids",
                "any",
                [("approval_state", "=", "draft"), ("project_id", "!=", False)],
            ),
            Domain("timesheet_ids", "any", [("unauthorized_hours", ">", TINY)]),
            Domain("id", "in", self._get_undecided_query()),
        ]

    @api.model
    def _get_undecided_query(self):
        """Ids of jobs with more hours than a fixed price sold, of which nothing is decided."""
        return SQL(
            """(
            SELECT job.id
              FROM fsm_order job
              JOIN sale_order_line line ON line.fsm_order_id = job.id
             WHERE job.is_over_sold
          GROUP BY job.id
            HAVING job.worked_hours - job.sold_hours - SUM(COALESCE(line.waived_hours, 0)) > %s
               AND NOT bool_or(CASE
                       WHEN line.effective_billing_policy IS NOT NULL
                       THEN line.effective_billing_policy <> 'sold'
                       ELSE line.qty_delivered_method = 'timesheet' AND EXISTS (
                       SELECT 1
                         FROM product_product product
                         JOIN product_template template ON template.id = product.product_tmpl_id
                        WHERE product.id = line.product_id
                          AND template.invoice_policy = 'delivery') END)
            )""",
            TINY,
        )
