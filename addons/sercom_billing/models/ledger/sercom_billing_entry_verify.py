from typing import NamedTuple

from markupsafe import Markup

from odoo import api, models
from odoo.tools import SQL

from .sercom_billing_entry import WAIVED

DOCUMENTS = """
    WITH unit AS (
        SELECT uom.id, uom.factor, split_part(uom.parent_path, '/', 1) AS root
          FROM uom_uom uom
    ),
    bill AS (
        SELECT rel.order_line_id AS line_id, item.id AS item_id, move.id AS move_id,
               CASE WHEN move.move_type = 'out_invoice' THEN 1 ELSE -1 END
                   * item.quantity * own.factor / sold.factor
                   * CASE WHEN sold.root = hour.root THEN sold.factor / hour.factor ELSE 1 END
                   AS quantity,
               GREATEST(0.01, own.factor / sold.factor * 0.01)
                   * CASE WHEN sold.root = hour.root THEN sold.factor / hour.factor ELSE 1 END
                   AS tolerance,
               move.state, move.move_type,
               item.price_unit * (1 - COALESCE(item.discount, 0) / 100) / own.factor * sold.factor
                   AS price,
               move.reversed_entry_id
          FROM sale_order_line line
          JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = line.id
          JOIN account_move_line item ON item.id = rel.invoice_line_id
          JOIN account_move move ON move.id = item.move_id
          JOIN unit sold ON sold.id = line.product_uom_id
          JOIN unit own ON own.id = item.product_uom_id
          JOIN unit hour ON hour.id = %(hour)s
         WHERE line.fsm_order_id IS NOT NULL
           AND move.move_type IN ('out_invoice', 'out_refund')
           AND (move.state <> 'cancel' OR move.payment_state = 'invoicing_legacy')
           AND %(where)s
    ),
    wanted AS (
        SELECT bill.line_id, bill.item_id, bill.tolerance,
               CASE WHEN bill.state = 'draft' AND bill.quantity < 0 THEN 0
                    WHEN bill.move_type = 'out_refund' AND bill.price < (
                         SELECT MAX(origin.price_unit * (1 - COALESCE(origin.discount, 0) / 100)
                                    / unit.factor * sold.factor) - 0.005
                           FROM account_move_line origin
                           JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = origin.id
                           JOIN unit ON unit.id = origin.product_uom_id
                           JOIN sale_order_line line ON line.id = rel.order_line_id
                           JOIN unit sold ON sold.id = line.product_uom_id
                          WHERE origin.move_id = bill.reversed_entry_id
                            AND rel.order_line_id = bill.line_id) THEN 0
                    ELSE bill.quantity END AS quantity
          FROM bill
    ),
    held AS (
        SELECT line.id AS line_id, entry.document_line_ref AS item_id,
               MAX(entry.document_name) AS document, SUM(entry.quantity) AS quantity
          FROM sercom_billing_entry entry
          JOIN sale_order_line line ON line.id = entry.sale_line_id
         WHERE entry.document_line_ref <> 0 AND %(where)s
      GROUP BY line.id, entry.document_line_ref
    )
    SELECT COALESCE(wanted.line_id, held.line_id), COALESCE(move.name, held.document, '/'),
           COALESCE(wanted.quantity, 0)::float, COALESCE(held.quantity, 0)::float
      FROM wanted
 FULL JOIN held ON held.line_id = wanted.line_id AND held.item_id = wanted.item_id
 LEFT JOIN account_move_line item ON item.id = COALESCE(wanted.item_id, held.item_id)
 LEFT JOIN account_move move ON move.id = item.move_id
     WHERE ABS(COALESCE(wanted.quantity, 0) - COALESCE(held.quantity, 0))
           > COALESCE(wanted.tolerance, 0.00001)
  ORDER BY 1, 2
"""
TIMESHEETS = """
    SELECT line.id, timesheet.id, timesheet.date,
           COALESCE(timesheet.billed_hours, 0), COALESCE(sums.billed, 0)::float,
           COALESCE(timesheet.waived_hours, 0), COALESCE(sums.waived, 0)::float
      FROM account_analytic_line timesheet
      JOIN sale_order_line line ON line.id = timesheet.so_line
 LEFT JOIN (SELECT entry.timesheet_ref,
                   SUM(entry.quantity) FILTER (WHERE NOT entry.fate = ANY(%(waived)s)) AS billed,
                   SUM(entry.quantity) FILTER (WHERE entry.fate = ANY(%(waived)s)) AS waived
              FROM sercom_billing_entry entry
             WHERE entry.timesheet_ref <> 0
          GROUP BY entry.timesheet_ref) sums ON sums.timesheet_ref = timesheet.id
     WHERE timesheet.project_id IS NOT NULL AND line.fsm_order_id IS NOT NULL AND %(where)s
       AND (ABS(COALESCE(timesheet.billed_hours, 0) - COALESCE(sums.billed, 0)) > 0.0001
         OR ABS(COALESCE(timesheet.waived_hours, 0) - COALESCE(sums.waived, 0)) > 0.0001)
  ORDER BY 1, 2
"""
LOST = """
    SELECT line.id, MAX(entry.document_name), entry.timesheet_ref, SUM(entry.quantity)::float
      FROM sercom_billing_entry entry
      JOIN sale_order_line line ON line.id = entry.sale_line_id
 LEFT JOIN account_analytic_line timesheet ON timesheet.id = entry.timesheet_ref
     WHERE entry.timesheet_ref <> 0 AND %(where)s
       AND timesheet.so_line IS DISTINCT FROM line.id
  GROUP BY line.id, entry.timesheet_ref
    HAVING ABS(SUM(entry.quantity)) > 0.0001
"""


class Difference(NamedTuple):
    """Something that the ledger and the documents say otherwise: of an order (id), in words."""

    order: int
    words: str


class SercomBillingEntry(models.Model):
    """The verifier: the ledger reckoned again, from the invoices and the timesheets alone.

    It shares no code with what writes the ledger, and names each difference.
    """

    _inherit = "sercom.billing.entry"

    @api.model
    def _verify(self, orders=None):
        """Compare the ledger with the documents.

        :param orders: the orders looked at; all of them when left out
        :return: list of ``Difference``, empty when all is well
        """
        self.env.flush_all()
        where = SQL("line.order_id = ANY(%s)", orders.ids) if orders is not None else SQL("TRUE")
        return [
            *self._verify_documents(where),
            *self._verify_timesheets(where),
            *self._verify_lost(where),
            *self._verify_chain(orders),
        ]

    def _name_line(self, line_id):
        """Order and name of a line, for a message: ``(order id, words)``."""
        line = self.env["sale.order.line"].sudo().browse(line_id)  # sudo: words for a message
        return line.order_id.id, f"{line.order_id.name}, {line.name}"

    def _find_differences(self, query, describe):
        """What each row of ``query`` differs in.

        :param describe: function of the line in words and the row's other values, for the words
        """
        found = []
        for line_id, *values in self.env.execute_query(query):
            order_id, line = self._name_line(line_id)
            found.append(Difference(order_id, describe(line, *values)))
        return found

    def _verify_documents(self, where):
        hour = self.env["uom.uom"]._get_hour()
        return self._find_differences(
            SQL(DOCUMENTS, where=where, hour=hour.id),
            lambda line, document, wanted, held: self.env._(
                "%(line)s: %(document)s bills %(wanted).2f, the ledger has %(held).2f.",
                line=line,
                document=document,
                wanted=wanted,
                held=held,
            ),
        )

    def _verify_timesheets(self, where):
        return self._find_differences(
            SQL(TIMESHEETS, where=where, waived=list(WAIVED)),
            lambda line, timesheet, date, billed, entered, waived, decided: self.env._(
                "%(line)s: hours of %(date)s (%(id)s) say %(billed).2f billed and %(waived).2f "
                "not billed, the ledger %(entered).2f and %(decided).2f.",
                line=line,
                date=date,
                id=timesheet,
                billed=billed,
                entered=entered,
                waived=waived,
                decided=decided,
            ),
        )

    def _verify_lost(self, where):
        return self._find_differences(
            SQL(LOST, where=where),
            lambda line, document, timesheet, hours: self.env._(
                "%(line)s: %(hours).2f hours on %(document)s are no longer on the line (%(id)s).",
                line=line,
                hours=hours,
                document=document,
                id=timesheet,
            ),
        )

    def _verify_chain(self, orders=None):
        """Rows that were changed, or taken away, past Odoo."""
        domain = [("order_id", "in", orders.ids)] if orders is not None else []
        # sudo: words for a message
        entries = self.sudo().search(domain, order="order_id, number")
        found, order, number, digest = [], None, 0, ""
        for entry in entries:
            if entry.order_id != order:
                order, number, digest = entry.order_id, 0, ""
            words = ""
            if entry.number != number + 1:
                words = self.env._(
                    "%(order)s: row %(number)s of the ledger is missing.",
                    order=order.name,
                    number=number + 1,
                )
            elif entry.digest != entry._get_digest(entry._get_sealed_vals(), digest):
                words = self.env._(
                    "%(order)s: row %(number)s of the ledger was changed.",
                    order=order.name,
                    number=entry.number,
                )
            if words:
                found.append(Difference(order.id, words))
            number, digest = entry.number, entry.digest
        return found

    def _get_sealed_vals(self):
        """Values of this one row, as they were given when it was added."""
        self.ensure_one()
        vals = {
            name: self[name]
            for name in ("number", "date", "fate", "quantity", "document_name", "reason")
        }
        for name in ("timesheet_ref", "document_ref", "document_line_ref"):
            vals[name] = self[name]
        for name in ("order_id", "user_id", "sale_line_id"):
            vals[name] = self[name].id
        return vals

    # Who asks

    def action_verify(self):
        """Verify the ledger of the user's companies, whatever is selected; what differs is shown.

        :return: a notification
        """
        self.check_access("read")
        found = self._verify()
        # sudo: only to know whose they are
        orders = self.env["sale.order"].sudo().browse({difference.order for difference in found})
        own = set(orders.filtered(lambda order: order.company_id in self.env.companies).ids)
        differences = [difference for difference in found if difference.order in own]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if differences else "success",
                "sticky": bool(differences),
                "title": self.env._("Billing ledger"),
                "message": "\n".join(difference.words for difference in differences[:20])
                or self.env._("The ledger agrees with all invoices."),
            },
        }

    @api.model
    def _cron_verify(self):
        """Warn an accountant of what differs: one activity on each order that has it."""
        words = {}
        for difference in self._verify():
            words.setdefault(difference.order, []).append(difference.words)
        summary = self.env._("The billing ledger differs from the invoices")
        group = self.env.ref("account.group_account_manager")
        # sudo: the cron warns, whoever it runs as
        for order in self.env["sale.order"].sudo().browse(words):
            users = group.all_user_ids.filtered(
                lambda user, order=order: order.company_id in user.company_ids and not user.share
            )
            if not order.activity_ids.filtered(lambda activity: activity.summary == summary):
                order.activity_schedule(
                    "mail.mail_activity_data_warning",
                    summary=summary,
                    note=Markup("<br/>").join(words[order.id]),
                    user_id=users[:1].id or self.env.uid,
                )
