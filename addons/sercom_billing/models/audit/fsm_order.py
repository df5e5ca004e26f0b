from odoo import fields, models
from odoo.fields import Domain

from ..ledger.sercom_billing_entry import WAIVED


class FsmOrder(models.Model):
    """Audit of a job: each hour, part and price with its fate and document, from sold to paid."""

    _inherit = "fsm.order"

    def action_audit(self):
        """Ask as known on which moment the audit of this job is to be.

        :return: window action of the dialog
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Billing Audit"),
            "res_model": "sercom.billing.audit",
            "view_mode": "form",
            "target": "new",
            "context": {"default_fsm_order_id": self.id},
        }

    def _get_audit(self, moment):
        """What the ledger knew of this one job, in sudo, at ``moment``, and what came since.

        :param datetime moment: UTC
        :return: ``{"lines", "hours", "entries", "since", "moves", "totals"}``
        """
        self.ensure_one()
        known = self._get_audited_entries()
        entries = known.filtered(lambda entry: entry.date <= moment)
        hours = self._get_audited_hours(moment)
        return {
            "lines": [self._get_line_audit(line, entries) for line in self._get_audited_lines()],
            "hours": [self._get_hour_audit(line, entries) for line in hours],
            "entries": entries,
            "since": known - entries,
            "moves": self._get_move_audits(moment),
            "totals": self._get_margins(),
        }

    def _get_audited_lines(self):
        return self.sale_line_ids.filtered(
            lambda line: not line.display_type and not line.is_downpayment
        )

    def _get_audited_entries(self):
        domain = Domain("sale_line_id", "in", self.sale_line_ids.ids)
        domain |= Domain("fsm_order_id", "=", self.id)
        return self.env["sercom.billing.entry"].search(domain, order="date, order_id, number")

    def _get_audited_hours(self, moment):
        return self.timesheet_ids.filtered(
            lambda line: line.project_id and line.create_date <= moment
        ).sorted(lambda line: (line.date, line.id))

    def _get_line_audit(self, line, entries):
        """What became of one order line: ``quantity`` in its unit, hours where it bills them."""
        billed, waived = self._sum_fates(entries.filtered(lambda entry: entry.sale_line_id == line))
        policies = dict(line._fields["billing_policy"]._description_selection(self.env))
        return {
            "line": line,
            "policy": policies.get(line.effective_billing_policy, ""),
            "billed": billed,
            "waived": waived,
        }

    def _get_hour_audit(self, hours, entries):
        """What became of one timesheet line, in hours, and on which documents."""
        own = entries.filtered(lambda entry: entry.timesheet_ref == hours.id)
        billed, waived = self._sum_fates(own)
        names = dict.fromkeys(filter(None, own.mapped("document")))
        return {
            "hours": hours,
            "billed": billed,
            "waived": waived,
            "left": hours.billable_hours - billed - waived,
            "documents": ", ".join(names),
        }

    def _sum_fates(self, entries):
        """How much of ``entries`` is billed, and how much is given up."""
        waived = entries.filtered(lambda entry: entry.fate in WAIVED)
        return sum((entries - waived).mapped("quantity")), sum(waived.mapped("quantity"))

    def _get_move_audits(self, moment):
        """Invoices and credit notes that bill this job, and what of each is its own."""
        lines = self.sale_line_ids
        moves = lines.invoice_lines.move_id.filtered(lambda move: move.create_date <= moment)
        return [
            {
                "move": move,
                "own": -move.direction_sign
                * sum(
                    bill.price_subtotal
                    for bill in move.invoice_line_ids
                    if bill.sale_line_ids & lines
                ),
            }
            for move in moves.sorted("id")
        ]

    def _get_margins(self):
        """What this one job sold, billed and will have billed, before taxes, less its costs.

        :return: ``{"cost": amount, kind: (amount, margin)}``, of the kinds sold, invoiced and
            completion, in the company's currency
        """
        self.ensure_one()
        cost = sum(self._get_margin_costs().get(self._origin, {}).values())
        answer = {"cost": cost}
        for kind, amount in self._get_amounts_before_taxes().items():
            answer[kind] = (amount, amount - cost)
        return answer

    def _get_amounts_before_taxes(self):
        amounts = {"sold": 0.0, "invoiced": 0.0, "completion": 0.0}
        currency, company = self.company_id.currency_id, self.company_id
        for line in self._get_audited_lines():
            day = line.order_id.date_order or fields.Date.context_today(self)
            price = line.price_reduce_taxexcl or line._get_discounted_price()
            invoiced = line.untaxed_amount_invoiced
            for kind, amount in (
                ("sold", line.price_subtotal),
                ("invoiced", invoiced),
                ("completion", invoiced + price * line.qty_to_invoice),
            ):
                amounts[kind] += line.currency_id._convert(amount, currency, company, day)
        return amounts
