from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import formatLang

from ..tools.changes import find_changed_lines, find_changes
from .sercom_accounting_batch import FIELDS

# A transaction that began before the last look may have ended after it.
MARGIN = timedelta(days=1)


class SercomAccountingBatchLine(models.Model):
    """One record in one batch, and what it was then.

    The first time that a record is sent is its sending 1, and there is one of them (of clients and
    items, one for each program): the database refuses another. To send again is a sending of its
    own, with a reason.
    """

    _name = "sercom.accounting.batch.line"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Record handed over"
    _order = "batch_id desc, id"
    _check_company_auto = True

    batch_id = fields.Many2one(
        "sercom.accounting.batch", required=True, ondelete="cascade", index=True, readonly=True
    )
    company_id = fields.Many2one(
        "res.company", related="batch_id.company_id", store=True, required=True, precompute=True
    )
    program_id = fields.Many2one(
        "sercom.accounting.layout",
        compute="_compute_program_id",
        store=True,
        precompute=True,
        index=True,
    )
    state = fields.Selection(related="batch_id.state")
    date_sent = fields.Datetime(related="batch_id.date_sent")
    content = fields.Selection(
        [
            ("client", "Client"),
            ("item", "Item"),
            ("invoice", "Invoice"),
            ("credit_note", "Credit Note"),
            ("payment", "Payment"),
        ],
        "Kind",
        required=True,
        readonly=True,
    )
    name = fields.Char("Record", required=True, readonly=True)
    move_id = fields.Many2one(
        "account.move", ondelete="set null", index="btree_not_null", readonly=True
    )
    payment_id = fields.Many2one(
        "account.payment", ondelete="set null", index="btree_not_null", readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner", ondelete="set null", index="btree_not_null", readonly=True
    )
    product_id = fields.Many2one(
        "product.product", ondelete="set null", index="btree_not_null", readonly=True
    )
    sending = fields.Integer(required=True, default=1, readonly=True)
    reason = fields.Char("Sent Again Because", readonly=True)
    snapshot = fields.Json("As Sent", readonly=True)
    found_changes = fields.Json("Changes", readonly=True)
    is_changed = fields.Boolean("Changed Since", readonly=True, index="btree_not_null")
    is_superseded = fields.Boolean("Sent Again Later", readonly=True)
    change_text = fields.Text("What Changed", compute="_compute_change_text")

    _move_once = models.UniqueIndex(
        "(company_id, move_id, sending) WHERE move_id IS NOT NULL",
        "An invoice is sent once: it is in another batch already.",
    )
    _payment_once = models.UniqueIndex(
        "(company_id, payment_id, sending) WHERE payment_id IS NOT NULL",
        "A payment is sent once: it is in another batch already.",
    )
    _partner_once = models.UniqueIndex(
        "(company_id, program_id, partner_id, sending) WHERE partner_id IS NOT NULL",
        "A client is sent to a program once: they are in another batch already.",
    )
    _product_once = models.UniqueIndex(
        "(company_id, program_id, product_id, sending) WHERE product_id IS NOT NULL",
        "An item is sent to a program once: it is in another batch already.",
    )
    _again_has_reason = models.Constraint(
        "CHECK (sending = 1 OR (sending > 1 AND reason IS NOT NULL AND reason <> ''))",
        "To send again takes a reason.",
    )
    _one_record = models.Constraint(
        "CHECK (num_nonnulls(move_id, payment_id, partner_id, product_id) <= 1)",
        "A line is about one record.",
    )

    @api.depends("batch_id.layout_id")
    def _compute_program_id(self):
        for line in self:
            line.program_id = line.batch_id.layout_id._get_program()

    @api.depends("found_changes")
    @api.depends_context("lang")
    def _compute_change_text(self):
        for line in self:
            line.change_text = "\n".join(line._get_change_words()) or False

    def _get_change_words(self):
        record = self[FIELDS[self.content]]
        changes = self.found_changes or ()
        # Journal items are last: there are many of them.
        for name, sent, now in sorted(changes, key=lambda change: change[0] == "line_ids"):
            if name == "record":
                yield self.env._("Deleted")
            elif isinstance(sent, list) or isinstance(now, list):
                gone, new = find_changed_lines(sent, now)
                for sign, entries in (("−", gone), ("+", new)):
                    yield from (f"{sign} {self._get_entry_words(entry)}" for entry in entries)
            else:
                field = record._fields[name]
                label = field._description_string(self.env) or name
                if field.type == "selection":
                    words = dict(field._description_selection(self.env))
                    sent, now = words.get(sent, sent), words.get(now, now)
                elif field.type == "many2one" and field.comodel_name == "res.partner":
                    people = self.env["res.partner"].browse([sent, now]).exists()
                    words = {person.id: person.display_name for person in people}
                    sent, now = words.get(sent, sent), words.get(now, now)
                if field.type in ("monetary", "float"):
                    sent, now = self._format_amount(sent), self._format_amount(now)
                yield f"{label}: {sent or '–'} → {now or '–'}"

    def _get_entry_words(self, entry):
        """A journal item as it is kept (``_get_entries``), for people."""
        account, name, quantity, balance, foreign = entry
        words = [account, name]
        if float(quantity):
            words.append(f"× {self._format_amount(quantity)}")
        words.append(self._format_amount(balance))
        if foreign != balance:
            words.append(f"({self._format_amount(foreign)})")
        return " · ".join(filter(None, words))

    def _format_amount(self, text):
        """A number of a snapshot, as the reader's language writes it."""
        return formatLang(self.env, float(text)) if text else text

    @api.model
    def _prepare_lines(self, batch, content, records, reason=None):
        """Values of the lines of a batch.

        :param str content: kind of the records
        :param str reason: why they are sent again, where they are
        """
        field = FIELDS[content]
        last = {}
        if reason:
            domain = [("company_id", "=", batch.company_id.id), (field, "in", records.ids)]
            last = dict(self._read_group(domain, [field], ["sending:max"]))
        Document = self.env["sercom.accounting.document"]
        return [
            {
                "batch_id": batch.id,
                "content": content,
                "name": record.display_name,
                field: record.id,
                "sending": last.get(record, 0) + 1,
                "reason": reason,
                "snapshot": Document._get_snapshot(record),
            }
            for record in records
        ]

    def _get_record(self):
        self.ensure_one()
        return self[FIELDS[self.content]].exists()

    def _get_state(self, is_waiting):
        """State of the record that these lines are about: pending, batch, sent or none."""
        states = set(self.mapped("state"))
        if "sent" in states:
            return "sent"
        if states:
            return "batch"
        return "pending" if is_waiting else False

    def _take_snapshot(self):
        Document = self.env["sercom.accounting.document"]
        for line in self:
            line.snapshot = Document._get_snapshot(line._get_record())

    def _find_changes(self):
        """What is different from what was sent: ``[(field, sent, now)]``."""
        record = self._get_record()
        if not record:
            return [("record", self.name, None)]
        now = self.env["sercom.accounting.document"]._get_snapshot(record)
        return find_changes(self.snapshot or {}, now)

    def _get_earlier(self):
        """Lines of earlier batches about the same records."""
        earlier = self.browse()
        for field in set(FIELDS.values()):
            again = self.filtered(lambda line, field=field: line.sending > 1 and line[field])
            if again:
                earlier |= self.search(
                    [(field, "in", again[field].ids), ("id", "not in", self.ids)]
                )
        return earlier

    # What changed after it was sent

    @api.model
    def _get_suspects_domain(self, since):
        """Domain of the sent lines whose record may have changed after a moment."""
        moves = ("move_id", "payment_id.move_id")
        names = (
            *moves,
            *(f"{move}.line_ids" for move in moves),
            *("payment_id", "partner_id", "product_id", "product_id.product_tmpl_id"),
        )
        gone = Domain.AND(Domain(field, "=", False) for field in sorted(set(FIELDS.values())))
        suspects = Domain("is_changed", "=", True) | gone
        for name in names:
            suspects |= Domain(f"{name}.write_date", ">=", since)
        return (
            suspects & Domain("batch_id.state", "=", "sent") & Domain("is_superseded", "=", False)
        )

    @api.model
    def _check_changes(self, company):
        """Mark the sent lines of a company whose record is no longer what was sent."""
        # sudo: a mark, and the moment of the last look
        company = company.sudo()
        since = company.accounting_export_checked
        now = self.env.cr.now()
        domain = Domain("company_id", "=", company.id)
        domain &= self._get_suspects_domain(since - MARGIN if since else datetime(1970, 1, 1))
        # sudo: as the company
        for batch, lines in self.sudo().search(domain).grouped("batch_id").items():
            for line in lines.with_env(batch._in_firm().env):
                changes = line._find_changes()
                if (line.found_changes or []) != [list(change) for change in changes]:
                    line.write({"found_changes": changes, "is_changed": bool(changes)})
        company.accounting_export_checked = now

    @api.model
    def _cron_check_changes(self):
        # sudo: every company, of a scheduled job
        for company in self.env["res.company"].sudo().search([("active", "=", True)]):
            self._check_changes(company)

    @api.model
    def action_view_changes(self):
        """Look for what changed after it was sent, and show it.

        :return: window action
        """
        self.check_access("read")
        for company in self.env.companies:
            self._check_changes(company)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_accounting_export.sercom_accounting_batch_line_action_changed"
        )

    def action_open_record(self):
        """Open the record of this line.

        :return: window action
        """
        self.ensure_one()
        self.check_access("read")
        record = self._get_record()
        if not record:
            raise UserError(self.env._("%s was deleted.", self.name))
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
