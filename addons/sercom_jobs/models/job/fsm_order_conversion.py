from odoo import api, fields, models
from odoo.exceptions import UserError

from .sale_order import INVOICED_JOBS


class FsmOrder(models.Model):
    """What a job turns into: its invoice, or a quote for another issue found on site."""

    _name = "fsm.order"
    _inherit = ["fsm.order", "sercom.conversion.mixin"]

    # Field service users count invoices that they may not read.
    invoice_ids = fields.Many2many(compute_sudo=True)
    invoice_count = fields.Integer(compute_sudo=True)

    @api.depends("invoice_lines")
    def _compute_get_invoiced(self):
        # OVERRIDE fieldservice_account
        moves = {job: job.invoice_lines.move_id for job in self}
        for job, move in moves.items():
            invoices = move.filtered(lambda m: m.move_type in ("out_invoice", "out_refund"))
            job.invoice_ids = invoices
            job.invoice_count = len(invoices)

    def action_convert_to_quote(self):
        """Quote another issue found during these jobs.

        :return: window action of the open quotes found or made, one per job
        """
        return self._convert("quote")

    def action_convert_to_invoice(self):
        """Bill these jobs: their own lines only, one draft invoice per sales order.

        :return: window action of the draft invoices found or made
        :raises UserError: when a job has no lines, no price or nothing to invoice yet
        """
        return self._convert("invoice")

    def _find_quote(self):
        quotes = self.env["sale.order"].search(
            [("origin_fsm_order_id", "in", self.ids), ("state", "in", ("draft", "sent"))],
            order="id desc",
        )
        return quotes.grouped("origin_fsm_order_id")

    def _make_quote(self):
        quotes = self.env["sale.order"].create([job._prepare_quote_vals() for job in self])
        return dict(zip(self, quotes, strict=True))

    def _find_invoice(self):
        """Draft invoice of each job; or its last one when nothing is left to invoice."""
        found = {}
        # sudo: whoever asks, what is billed already is not billed again
        jobs = self.sudo()
        jobs.sale_line_ids.invoice_lines.move_id.mapped("state")  # for all jobs at once
        for job, own in zip(self, jobs, strict=True):
            moves = own.sale_line_ids.invoice_lines.move_id._get_conversion_results()
            moves |= own.sale_id.invoice_ids._get_deposit_credits()
            if move := moves._find_conversion_result(own._is_to_settle()):
                found[job] = move.sudo(self.env.su)
        return found

    def _is_to_settle(self):
        """Whether something of this one job is to bill, or to give back."""
        self.ensure_one()
        return bool(
            self.sale_line_ids._get_to_settle()
            or any(order._has_deposit_to_deduct() for order in self.sale_id)
        )

    def _make_invoice(self, grouped=True):
        """Make the draft invoices of the jobs, of the jobs' lines only.

        :param bool grouped: as Odoo's ``_create_invoices``: one for each order
        """
        self._ensure_orders()
        self._check_can_invoice()
        # Jobs of one order billed at once must agree on which bill deducts the deposit.
        sold = self.sale_id | self.sale_line_ids.order_id
        # sudo: to lock it, one need not be able to write it
        sold.sudo()._lock_for_conversion()
        orders = INVOICED_JOBS(sold, self.ids)
        moves = orders.with_context(raise_if_nothing_to_invoice=False)._create_invoices(
            grouped=grouped, final=True
        )
        made = {}
        for move in moves:
            jobs = move.line_ids.fsm_order_ids or move.line_ids.sale_line_ids.order_id.fsm_order_ids
            made.update(dict.fromkeys(jobs & self, move))
        for job in self:
            if job not in made:
                raise UserError(job._get_nothing_to_invoice_message())
        return made

    def _check_can_invoice(self):
        if not self.env["account.move"].has_access("create"):
            # Odoo then bills nothing, and says nothing either.
            self.sale_id.check_access("write")
        for job in self:
            lines = job.sale_line_ids.filtered(lambda line: not line.display_type)
            # sudo: whoever bills, what was billed too much is given back
            if job.sudo()._is_to_give_back():
                continue
            if job.state == "cancelled" and not lines._get_to_settle():
                raise UserError(self.env._("%s is cancelled. Reopen it first.", job.name))
            if not lines:
                raise UserError(
                    self.env._(
                        "%s has no products or services to bill. Add them to the job first.",
                        job.name,
                    )
                )
            if not lines._is_priced():
                raise UserError(
                    self.env._("%s has no price. Set one on its lines first.", job.name)
                )

    def _is_to_give_back(self):
        """Whether more of this one job, or of its deposit, was billed than is owed."""
        self.ensure_one()
        return any(line.qty_to_invoice < 0 for line in self.sale_line_ids._get_to_settle()) or any(
            order._has_deposit_to_deduct() for order in self.sale_id
        )

    def _get_nothing_to_invoice_message(self):
        if self.state != "done":
            return self.env._(
                "%s is not done, and its lines are billed as delivered. Complete it first.",
                self.name,
            )
        return self.env._(
            "%s has nothing to invoice: its parts are not delivered yet, or all is invoiced.",
            self.name,
        )
