import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.sercom_requests.tools.context import Sentinel
from odoo.addons.sercom_requests.tools.lock import lock_rows

FATES = [
    ("billed", "Billed"),
    ("credited", "Credited"),
    ("taken_back", "Taken Back"),
    ("written_off", "Written Off"),
    ("warranty", "Warranty"),
    ("absorbed", "Absorbed by a Fixed Price"),
    ("not_chargeable", "Not Chargeable"),
]
# What became of hours beside an invoice: they are not billed any more.
WAIVED = ("written_off", "warranty", "absorbed", "not_chargeable")
# What a row's digest is made of; a field that comes later goes to the end.
SEALED = (
    "order_id",
    "number",
    "date",
    "user_id",
    "sale_line_id",
    "fate",
    "quantity",
    "timesheet_ref",
    "document_ref",
    "document_line_ref",
    "document_name",
    "reason",
)
APPEND = Sentinel("append_to_ledger")


class SercomBillingEntry(models.Model):
    """The billing ledger: what became of each slice of what was sold, and of the hours worked.

    A row says who, when, why, which slice (an order line; of one that is billed by the hour, the
    timesheet line) met which fate on which document. Rows are only added, by ``_append``: nobody
    changes or deletes one, superuser included. The rows of an order are numbered, and each
    carries a digest of itself and of the one before, so that a change made past Odoo is seen.

    References to timesheets and documents are numbers, with their names: a draft may be deleted,
    what became of it stays told.
    """

    _name = "sercom.billing.entry"
    _inherit = "sercom.field.access.mixin"  # no field is on any list: nobody writes them by RPC
    _description = "Entry of the billing ledger"
    _order = "order_id desc, number desc"
    _is_append_only = True
    _rec_name = "number"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="restrict"
    )
    number = fields.Integer(required=True, readonly=True)
    date = fields.Datetime("When", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Who", required=True, readonly=True, check_company=False)
    sale_line_id = fields.Many2one(
        "sale.order.line",
        "Order Line",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    fsm_order_id = fields.Many2one(
        "fsm.order", "Job", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    fate = fields.Selection(FATES, required=True, readonly=True)
    quantity = fields.Float(
        readonly=True,
        digits=(16, 6),
        help="In hours for what is sold by time. Below zero: no longer billed.",
    )
    timesheet_ref = fields.Integer(readonly=True, index=True)
    timesheet_id = fields.Many2one(
        "account.analytic.line", compute="_compute_references", compute_sudo=True
    )
    document_ref = fields.Integer(readonly=True, index=True)
    document_line_ref = fields.Integer(readonly=True)
    document_name = fields.Char(readonly=True)
    document_id = fields.Many2one(
        "account.move", "Invoice", compute="_compute_references", compute_sudo=True
    )
    document = fields.Char(
        compute="_compute_document",
        compute_sudo=True,
        help="The invoice by its number of today; one deleted since, as it was called then.",
    )
    reason = fields.Char("Why", readonly=True)
    digest = fields.Char(readonly=True)

    _number_uniq = models.UniqueIndex(
        "(order_id, number)", "Somebody else bills this order at this moment. Try again."
    )

    @api.depends("timesheet_ref", "document_ref")
    def _compute_references(self):
        for target, source in (("timesheet_id", "timesheet_ref"), ("document_id", "document_ref")):
            records = self.env[self._fields[target].comodel_name].browse(
                {entry[source] for entry in self if entry[source]}
            )
            there = set(records.exists().ids)
            for entry in self:
                entry[target] = entry[source] if entry[source] in there else False

    @api.depends("document_id", "document_name")
    def _compute_document(self):
        for entry in self:
            entry.document = entry.document_id.display_name or entry.document_name

    # Append-only

    @api.model_create_multi
    def create(self, vals_list):
        if not APPEND.get(self):
            self.check_access("create")
            self._refuse()
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        self._refuse()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse()

    def _refuse(self):
        raise UserError(
            self.env._(
                "The billing ledger is only added to. Correct the invoice, or credit it: the "
                "ledger follows."
            )
        )

    @api.model
    def _append(self, vals_list):
        """Add rows: the only way in.

        Whoever bills the same order at the same moment waits, and is tried again.

        :param list vals_list: values without number, date, user and digest
        """
        if not vals_list:
            return self.browse()
        # sudo: the ledger follows what people do with documents, whoever they are
        entries = APPEND(self.sudo())
        orders = entries.env["sale.order"].browse({vals["order_id"] for vals in vals_list})
        orders.flush_recordset()
        lock_rows(orders, claim=True)
        last = orders._get_last_entries()
        now = fields.Datetime.now()
        for vals in vals_list:
            number, digest = last.get(vals["order_id"], (0, ""))
            vals.update(number=number + 1, date=now, user_id=self.env.uid)
            vals["quantity"] = round(vals["quantity"], 6)
            vals["digest"] = self._get_digest(vals, digest)
            last[vals["order_id"]] = (number + 1, vals["digest"])
        return entries.create(vals_list)

    @api.model
    def _get_digest(self, vals, previous):
        """Digest of a row and of the one before it."""
        sealed = []
        for name in SEALED:
            value = vals.get(name)
            if name == "date":
                value = fields.Datetime.to_string(value)
            elif name == "quantity":
                value = f"{value:.6f}"
            sealed.append(value or "")
        words = json.dumps([previous, *sealed], ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()

    # Sums

    @api.model
    def _get_holdings(self, lines):
        """What each document line holds of each slice, by order line.

        :param lines: order lines
        :return: ``{order line id: {document line id: {timesheet id or 0: quantity}}}``; documents
            that hold nothing any more are left out
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT sale_line_id, document_line_ref, timesheet_ref,
                       SUM(quantity)::float
                  FROM sercom_billing_entry
                 WHERE sale_line_id = ANY(%s) AND document_line_ref <> 0
              GROUP BY sale_line_id, document_line_ref, timesheet_ref
                HAVING ABS(SUM(quantity)) > 0.000001
                """,
                lines.ids,
            )
        )
        holdings = {}
        for line, document, timesheet, quantity in rows:
            holdings.setdefault(line, {}).setdefault(document, {})[timesheet] = quantity
        return holdings

    @api.model
    def _get_timesheet_sums(self, timesheets):
        """Billed and waived hours of timesheets: ``{timesheet id: (billed, waived)}``."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT timesheet_ref,
                       COALESCE(SUM(quantity) FILTER (WHERE NOT fate = ANY(%(waived)s)), 0)::float,
                       COALESCE(SUM(quantity) FILTER (WHERE fate = ANY(%(waived)s)), 0)::float
                  FROM sercom_billing_entry
                 WHERE timesheet_ref = ANY(%(ids)s)
              GROUP BY timesheet_ref
                """,
                ids=timesheets.ids,
                waived=list(WAIVED),
            )
        )
        return {timesheet: (billed, waived) for timesheet, billed, waived in rows}

    @api.model
    def _get_line_sums(self, lines):
        """Of order lines: hours waived, and what is billed without a timesheet.

        :return: ``{order line id: (waived, billed)}``
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT sale_line_id,
                       COALESCE(SUM(quantity) FILTER (WHERE fate = ANY(%(waived)s)), 0)::float,
                       COALESCE(SUM(quantity) FILTER (WHERE timesheet_ref = 0
                                                        AND NOT fate = ANY(%(waived)s)), 0)::float
                  FROM sercom_billing_entry
                 WHERE sale_line_id = ANY(%(ids)s)
              GROUP BY sale_line_id
                """,
                ids=lines.ids,
                waived=list(WAIVED),
            )
        )
        return {line: (waived, round(billed, 6)) for line, waived, billed in rows}
