from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sercom_requests.tools.context import Sentinel

from ...tools.ledger.settlement import Document, Slice, settle
from .account_analytic_line import FOLLOW_LEDGER

# Said by what makes many documents: the lines that the ledger looks at when they are whole.
SYNC_LATER = Sentinel("sync_ledger_later")


class SaleOrderLine(models.Model):
    """The ledger follows the documents.

    How it works: whatever happens to an invoice, ``_sync_ledger`` compares what each of its lines
    bills with what the ledger says that it holds, and adds the rows that make them agree
    (``tools/ledger/settlement.py``). It is called after each event and does nothing when they
    agree, so that the order of events does not matter.
    """

    _inherit = "sale.order.line"

    def _sync_ledger(self, reason=None):
        """Add the rows by which the ledger agrees with the documents of these lines.

        :param str reason: kept on the rows
        :raises UserError: when an hour would be billed twice, or more given back than was billed
        """
        later = SYNC_LATER.get(self)
        if later is not None:
            later.update(self.ids)
            return
        # sudo: the ledger follows, whoever changes the document
        lines = self.sudo().exists().filtered("fsm_order_id")
        if lines:
            lines._settle(reason)
            lines._follow_ledger()

    def _enter_existing(self):
        """Enter what was billed before there was a ledger; nothing of it is refused."""
        # sudo: at installation
        lines = self.sudo()
        lines._settle(self.env._("Billed before the ledger began"), is_checked=False)
        lines._follow_ledger()

    def _settle(self, reason=None, is_checked=True):
        books = self._get_books()
        found = []
        for line in self:
            documents, slices = books[line]
            is_counted = line._is_billed_by_hours()
            rows, problems = settle(
                documents, slices, line._get_tolerance(), is_counted, line._get_floor()
            )
            if problems and is_checked:
                line._refuse_problem(problems[0])
            found += [(line, row) for row in rows]
        if not found:
            return
        bills = self.env["account.move.line"].browse({row.document for _line, row in found})
        bills = {bill.id: bill for bill in bills.exists()}
        touched = {row.slice for _line, row in found if row.slice}
        self.env["sercom.billing.entry"]._append(
            [line._prepare_entry_vals(row, bills.get(row.document), reason) for line, row in found]
        )
        self._take_ledger_sums()
        self.env["account.analytic.line"].browse(touched)._take_ledger_sums()

    def _get_books(self):
        """What the documents want and hold, and the slices: ``{line: (documents, slices)}``."""
        holdings = self.env["sercom.billing.entry"]._get_holdings(self)
        slices = self._get_slices()
        books = {}
        for line in self:
            held = holdings.get(line.id, {})
            documents = {key: Document(key, 0.0, dict(holds)) for key, holds in held.items()}
            factor = line._get_hours_factor()
            for bill in line.invoice_lines.sorted("id"):
                document = documents.setdefault(bill.id, Document(bill.id, 0.0))
                quantity = bill._get_effective_quantity(line.product_uom_id)
                document.wants = quantity * factor
                origin = bill.move_id.reversed_entry_id.line_ids
                document.credits = frozenset(origin.ids)
                for key in origin.ids:
                    for timesheet, hours in held.get(key, {}).items():
                        document.origin[timesheet] = document.origin.get(timesheet, 0.0) + hours
            books[line] = (sorted(documents.values(), key=lambda one: one.key), slices[line.id])
        return books

    def _get_slices(self):
        """Timesheets of these lines as slices: ``{line id: slices}``."""
        Timesheet = self.env["account.analytic.line"]
        slices = {line.id: [] for line in self}
        if not self.ids:
            return slices
        domain = Domain("so_line", "in", self.ids) & Domain("project_id", "!=", False)
        start = fields.Date.to_date(self.env.context.get("timesheet_start_date"))
        end = fields.Date.to_date(self.env.context.get("timesheet_end_date"))
        timesheets = Timesheet.search_fetch(
            domain, ["so_line", "billable_hours", "billed_hours", "waived_hours", "date"]
        )
        ready = timesheets.filtered_domain(Timesheet._get_open_hours_domain())
        for timesheet in timesheets:
            day = timesheet.date
            slices[timesheet.so_line.id].append(
                Slice(
                    timesheet.id,
                    timesheet.billable_hours - timesheet.waived_hours,
                    timesheet.billed_hours,
                    (day.toordinal(), timesheet.id),
                    timesheet in ready,
                    (not start or day >= start) and (not end or day <= end),
                )
            )
        return slices

    def _get_tolerance(self):
        """Half of what the unit of this one line rounds to, in hours."""
        return self.product_uom_id.rounding * self._get_hours_factor() / 2

    def _get_floor(self):
        """How low what is billed of this one line may be, in hours: below zero of a discount."""
        return min(0.0, self.product_uom_qty, self.qty_delivered) * self._get_hours_factor()

    def _prepare_entry_vals(self, row, bill, reason):
        """Values of a row of the ledger.

        :param row: ``Row`` of a settlement of this one line
        :param bill: the document's line; ``None`` when it is deleted
        """
        return {
            "company_id": self.company_id.id,
            "order_id": self.order_id.id,
            "sale_line_id": self.id,
            "fsm_order_id": self.fsm_order_id.id,
            "fate": row.fate,
            "quantity": row.quantity,
            "timesheet_ref": row.slice,
            "document_ref": bill.move_id.id if bill else False,
            "document_line_ref": row.document,
            "document_name": bill.move_id.display_name if bill else self.env._("Deleted draft"),
            "reason": reason or "",
        }

    def _refuse_problem(self, problem):
        """:raises UserError: naming the line, the document and the way out"""
        bill = self.env["account.move.line"].browse(problem.document).exists()
        credits = self.invoice_lines.move_id.filtered(
            lambda move: move.move_type == "out_refund" and move.state == "posted"
        )
        others = self.invoice_lines.move_id.filtered(
            lambda move: move.move_type == "out_invoice" and move.state != "cancel"
        )
        messages = {
            "credited": self.env._(
                "“%(line)s” of %(document)s is credited by %(credits)s. Cancel the credit note "
                "first.",
                line=self.name,
                document=bill.move_id.display_name or self.env._("the draft"),
                credits=", ".join(credits.mapped("display_name")),
            ),
            "again": self.env._(
                "What %(document)s gives back of “%(line)s” is billed again on %(others)s. Credit "
                "or delete that one first.",
                line=self.name,
                document=bill.move_id.display_name or self.env._("the credit note"),
                others=", ".join(others.mapped("display_name")),
            ),
            "over": self.env._(
                "%(document)s gives back more of “%(line)s” than was billed. Lower its quantity; "
                "for a lower price, credit the price alone.",
                line=self.name,
                document=bill.move_id.display_name,
            ),
        }
        raise UserError(messages[problem.kind])

    # What follows the ledger

    def _follow_ledger(self):
        """Link the hours of these lines to the invoice that bills them, as the ledger says."""
        by_hours = self.filtered(lambda line: line._is_billed_by_hours())
        if SYNC_LATER.get(self) is not None or not by_hours:
            return
        # sudo: the hours follow the ledger, whoever bills
        Timesheet = FOLLOW_LEDGER(self.env["account.analytic.line"].sudo())
        timesheets = Timesheet.search(
            [("so_line", "in", by_hours.ids), ("project_id", "!=", False)]
        )
        documents = by_hours._get_last_documents()
        wrong = {}
        for timesheet in timesheets:
            document = documents.get(timesheet.id, False) if timesheet.billed_hours else False
            if timesheet.timesheet_invoice_id.id != document:
                wrong.setdefault(document, timesheets.browse())
                wrong[document] |= timesheet
        for document, own in wrong.items():
            own.write({"timesheet_invoice_id": document})

    def _get_last_documents(self):
        """The last document that holds hours of each timesheet: ``{timesheet id: move id}``."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (held.timesheet_ref) held.timesheet_ref, held.document_ref
                  FROM (SELECT entry.timesheet_ref, entry.document_ref, SUM(entry.quantity) AS held
                          FROM sercom_billing_entry entry
                         WHERE entry.sale_line_id = ANY(%s) AND entry.timesheet_ref <> 0
                           AND entry.document_ref <> 0
                      GROUP BY entry.timesheet_ref, entry.document_ref) held
                  JOIN account_move move ON move.id = held.document_ref
                  JOIN account_analytic_line line ON line.id = held.timesheet_ref
                 WHERE held.held * line.unit_amount > 0
              ORDER BY held.timesheet_ref, held.document_ref DESC
                """,
                self.ids,
            )
        )
        return dict(rows)

    def _get_billed_ahead(self):
        """Those of these lines of which more is billed than was worked."""
        return self.filtered(
            lambda line: line.billed_without_hours > 1e-6 and line._is_billed_by_hours()
        )
