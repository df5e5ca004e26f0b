from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_duration

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
        "sale_line_ids.qty_to_invoice",
        "sale_line_ids.waived_hours",
        "is_over_sold",
        "state",
    )
    def _compute_billing(self):
        hours = self._origin._get_hours_by_line()
        drafts = self._origin._get_hours_to_approve()
        for job in self:
            by_hours = job.sale_line_ids.filtered(lambda line: line._is_billed_by_hours())
            sums = [hours.get(line._origin.id, NO_HOURS) for line in by_hours]
            job.billable_hours = sum(own[0] for own in sums)
            job.billed_hours = sum(own[1] for own in sums)
            job.hours_to_bill = sum(own[3] for own in sums)
            waived = sum((job.sale_line_ids - by_hours).mapped("waived_hours"))
            over = job.worked_hours - job.sold_hours - waived
            is_over = job.is_over_sold and not by_hours and over > TINY
            job.undecided_hours = over if is_over else 0.0
            reasons = job._get_reasons_to_decide(drafts.get(job._origin.id, 0.0))
            job.billing_difference = "; ".join(reasons)
            job.is_ready_to_bill = bool(reasons) and job.state in ("done", "cancelled")

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

    def _get_hours_to_approve(self):
        """Hours of these jobs that nobody has approved: ``{job id: hours}``."""
        Timesheet = self.env["account.analytic.line"].sudo()  # sudo: whoever's hours they are
        domain = [("fsm_order_id", "in", self.ids), *Timesheet._get_to_approve_domain()]
        groups = Timesheet._read_group(domain, ["fsm_order_id"], ["unit_amount:sum"])
        return {job.id: hours for job, hours in groups}

    def _get_reasons_to_decide(self, to_approve):
        """Hook: what is to bill or to decide of this one job, in words.

        :param float to_approve: hours that nobody has approved
        """
        self.ensure_one()
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
        if any(order._has_deposit_to_deduct() for order in self.sale_id):
            reasons.append(self.env._("deposit to give back"))
        return reasons

    @api.model
    def _search_is_ready_to_bill(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return [
            ("state", "in", ("done", "cancelled")),
            "|",
            "|",
            "|",
            ("sale_line_ids.qty_to_invoice", "!=", 0),
            (
                "sale_id.order_line",
                "any",
                [("is_downpayment", "=", True), ("qty_to_invoice", "<", 0)],
            ),
            (
                "timesheet_ids",
                "any",
                [("approval_state", "=", "draft"), ("project_id", "!=", False)],
            ),
            ("id", "in", self._get_undecided_query()),
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
               AND NOT bool_or(line.qty_delivered_method = 'timesheet' AND EXISTS (
                       SELECT 1
                         FROM product_product product
                         JOIN product_template template ON template.id = product.product_tmpl_id
                        WHERE product.id = line.product_id
                          AND template.invoice_policy = 'delivery'))
            )""",
            TINY,
        )

    # Decisions

    def action_decide_hours(self):
        """Ask what becomes of the open hours of these jobs.

        :return: window action of the dialog
        :raises AccessError: for who may not decide
        """
        self.env["account.analytic.line"]._check_may_decide()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Not Billed"),
            "res_model": "sercom.billing.decision",
            "view_mode": "form",
            "target": "new",
            "context": {"default_fsm_order_ids": self.ids},
        }

    def action_align_to_sold(self):
        """Bill no more than was sold: hours worked over it are written off.

        :raises UserError: when nothing is over the sold hours
        """
        self.env["account.analytic.line"]._check_may_decide()
        for job in self:
            over = job.billable_hours - job._get_waived_by_hours() - job.sold_hours
            job._waive_latest(
                "written_off", self.env._("Aligned to the sold hours"), max(over, 0.0)
            )
        return True

    def _get_waived_by_hours(self):
        self.ensure_one()
        # sudo: whoever's hours they are
        lines = self.sudo().sale_line_ids.filtered(lambda line: line._is_billed_by_hours())
        return sum(lines.mapped("waived_hours"))

    def _waive_latest(self, fate, reason, hours):
        """Waive so many of the open hours of this one job, the latest first."""
        lines = self._get_hours_to_decide().sorted(lambda line: (line.date, line.id), reverse=True)
        chosen = {}
        for line in lines:
            left = line.billable_hours - line.billed_hours - line.waived_hours
            chosen[line.id] = min(left, hours)
            hours -= chosen[line.id]
        lines._waive(fate, reason, chosen)

    def _get_hours_to_decide(self):
        """Approved hours of these jobs that are neither billed nor waived."""
        Timesheet = self.env["account.analytic.line"].sudo()  # sudo: whoever's hours they are
        domain = Timesheet._get_open_hours_domain()
        domain &= Domain("so_line", "in", self.sudo().sale_line_ids.ids)  # sudo: as above
        lines = Timesheet.search(domain).sudo(self.env.su)
        return lines.filtered(
            lambda line: line.billable_hours - line.billed_hours - line.waived_hours > 1e-6
        )
