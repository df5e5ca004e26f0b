from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.lock import lock_rows
from odoo.addons.sercom_requests.tools.wording import format_day

# Field of a batch's line, by kind of record.
FIELDS = {
    "invoice": "move_id",
    "credit_note": "move_id",
    "payment": "payment_id",
    "client": "partner_id",
    "item": "product_id",
}
EMPTY = {"", None}
MOVE_TYPES = {"out_invoice": "invoice", "out_receipt": "invoice", "out_refund": "credit_note"}


class SercomAccountingBatch(models.Model):
    """What goes to the bookkeeper's program together: pending, then sent.

    How it works: ``_collect`` takes what waits and keeps of each record what it was, makes the
    files and certifies them against the ledger. ``action_send`` closes the batch; its files stay
    as they were made. That nothing is sent twice is the database's own rule, on the lines.
    """

    _name = "sercom.accounting.batch"
    _inherit = ["sercom.field.access.mixin"]
    _description = "Hand-over batch"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(readonly=True, required=True, copy=False)
    company_id = fields.Many2one("res.company", readonly=True, required=True, index=True)
    layout_id = fields.Many2one(
        "sercom.accounting.layout", "Program", readonly=True, required=True, ondelete="restrict"
    )
    date_to = fields.Date("Up To", readonly=True, required=True)
    state = fields.Selection(
        [("pending", "Pending"), ("sent", "Sent")],
        default="pending",
        readonly=True,
        required=True,
        copy=False,
    )
    date_sent = fields.Datetime("Sent On", readonly=True, copy=False)
    sent_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    line_ids = fields.One2many("sercom.accounting.batch.line", "batch_id", readonly=True)
    file_ids = fields.One2many("sercom.accounting.file", "batch_id", readonly=True)
    line_count = fields.Integer("Records", compute="_compute_line_counts")
    changed_count = fields.Integer("Changed Since", compute="_compute_line_counts")
    is_certified = fields.Boolean(
        "Agrees with the Ledger",
        compute="_compute_is_certified",
        help="No total of a file differs from the ledger's by a cent.",
    )

    untold_names = fields.Text(
        "Not Told",
        readonly=True,
        copy=False,
        help="Accounts and taxes whose name in the program nobody said: they go by their own.",
    )
    cent_differences = fields.Text(
        "Cents That Differ",
        readonly=True,
        copy=False,
        help="The program charges the taxes itself, on the sum of the lines; the ledger has what "
        "was invoiced.",
    )

    left_out_names = fields.Text(
        "Left Out",
        readonly=True,
        copy=False,
        help="Documents dated before the day from which on they are handed over, and made since.",
    )

    @api.depends("line_ids.is_changed")
    def _compute_line_counts(self):
        for batch in self:
            batch.line_count = len(batch.line_ids)
            batch.changed_count = len(batch.line_ids.filtered("is_changed"))

    @api.depends("file_ids.difference")
    def _compute_is_certified(self):
        for batch in self:
            files = batch.file_ids
            batch.is_certified = bool(files) and not any(files.mapped("difference"))

    @api.ondelete(at_uninstall=False)
    def _unlink_if_pending(self):
        for batch in self:
            if batch.state == "sent":
                raise UserError(
                    self.env._(
                        "%s was sent and stays. Send its records again in a new batch instead.",
                        batch.name,
                    )
                )

    # Collecting

    def _in_firm(self):
        """This batch with the rights, the company and the language of the firm.

        Names are translated: a file, and what is kept of a record, do not depend on who asks.
        """
        # sudo: what was read and kept is the firm's, not what one person may see of it
        batch = self.sudo().with_company(self.company_id)
        return batch.with_context(lang=self.company_id.partner_id.lang or "en_US")

    @api.model
    def _prepare_batch(self, layout, date_to, lines=None, reason=None):
        """Make a batch.

        :param date date_to: last day of the documents
        :param lines: lines of sent batches whose records are sent again, instead of what waits
        :param str reason: why they are
        :return: the batch
        :raises UserError: where there is nothing to send
        """
        company = lines.company_id if lines else self.env.company
        # sudo: a batch is written by nobody
        batch = self.sudo().create(
            {
                "name": self.env["ir.sequence"].sudo().next_by_code(self._name),  # sudo: a number
                "company_id": company.id,
                "layout_id": layout.id,
                "date_to": date_to,
            }
        )
        if lines:
            batch._in_firm()._add_again(lines, reason)
        else:
            batch._in_firm()._collect()
        return batch.sudo(self.env.su)

    def _collect(self):
        left_out = self.env["account.move"].search(
            self.env["account.move"]._get_accounting_left_out_domain(self.company_id),
            order="invoice_date, id",
        )
        self.left_out_names = "\n".join(
            f"{move.name}, {format_day(self.env, move.date)}" for move in left_out
        )
        contents = self.layout_id._get_contents()
        records = {
            content: found for content, found in self._find_pending().items() if content in contents
        }
        records |= {
            content: found
            for content, found in self._find_new_names(records).items()
            if content in contents
        }
        self._add(records)

    def _find_pending(self):
        """Documents that wait to be sent: ``{content: recordset}``."""
        moves = self.env["account.move"].search(
            self.env["account.move"]._get_accounting_domain(self.company_id, self.date_to),
            order="invoice_date, id",
        )
        payments = self.env["account.payment"].search(
            self.env["account.payment"]._get_accounting_domain(self.company_id, self.date_to),
            order="date, id",
        )
        found = {
            content: moves.filtered(lambda m, content=content: MOVE_TYPES[m.move_type] == content)
            for content in ("invoice", "credit_note")
        }
        return {**found, "payment": payments}

    def _find_new_names(self, records):
        """Clients and items of documents that this program was never told of."""
        none = self.env["account.move"]
        moves = records.get("invoice", none) | records.get("credit_note", none)
        payments = records.get("payment", self.env["account.payment"])
        partners = (moves.partner_id | payments.partner_id).commercial_partner_id
        products = moves.invoice_line_ids.product_id
        known = self.env["sercom.accounting.batch.line"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("program_id", "=", self.layout_id._get_program().id),
                "|",
                ("partner_id", "in", partners.ids),
                ("product_id", "in", products.ids),
            ]
        )
        return {"client": partners - known.partner_id, "item": products - known.product_id}

    def _add_again(self, lines, reason):
        records = defaultdict(lambda: None)
        for line in lines.sudo():  # sudo: as this batch
            record = line._get_record()
            if not record:
                raise UserError(self.env._("%s was deleted: it cannot be sent again.", line.name))
            content = line.content
            known = records[content]
            records[content] = record if known is None else known | record
        missing = set(records) - self.layout_id._get_contents()
        if missing:
            raise UserError(
                self.env._("%s does not carry all of these. Choose another.", self.layout_id.name)
            )
        firm = {content: found.with_env(self.env) for content, found in records.items()}
        self._add(firm, reason)

    def _add(self, records, reason=None):
        """Put records into this batch and make its files.

        :param dict records: ``{content: recordset}``
        :raises UserError: where there are none
        """
        Line = self.env["sercom.accounting.batch.line"]
        if not any(records.values()):
            raise UserError(
                self.env._(
                    "Nothing of %(company)s waits to be sent up to %(date)s.",
                    company=self.company_id.name,
                    date=format_day(self.env, self.date_to),
                )
            )
        Line.create(
            [
                vals
                for content, found in records.items()
                for vals in Line._prepare_lines(self, content, found, reason)
            ]
        )
        self._make_files()

    def _get_records(self):
        """What is in this batch: ``{content: recordset}``."""
        return {
            content: self.line_ids.filtered(lambda line, c=content: line.content == c)[field]
            for content, field in FIELDS.items()
        }

    def _pick_records(self, records, documents):
        """Recordsets of the documents of a file: a kind of records may be in several files."""
        numbers = {(document["res_model"], document["res_id"]) for document in documents}
        for found in records.values():
            picked = found.filtered(lambda record: (record._name, record.id) in numbers)
            if picked:
                yield picked

    def _make_files(self):
        self.file_ids.unlink()
        documents = self.env["sercom.accounting.document"]._get_documents(
            self._get_records(), self.layout_id
        )
        files = self.layout_id.section_ids._split_files(documents)
        self.write(
            {
                "untold_names": self._find_untold_names(files),
                "cent_differences": self._find_cent_differences(files),
            }
        )
        self.env["sercom.accounting.file"].create(
            [
                self.env["sercom.accounting.file"]._prepare_file(self, name, sections)
                for name, sections in files
            ]
        )

    def _find_untold_names(self, files):
        """Accounts and taxes in these files that go by Odoo's names: nobody said the program's.

        :param files: as ``_split_files`` answers them
        """
        found = {"untold_account": set(), "untold_tax": set()}
        for _name, sections in files:
            for section, documents in sections:
                for key, row in section._get_section().find_named(documents):
                    found[key].add(row.get(key))
        names = [*sorted(found["untold_account"] - EMPTY), *sorted(found["untold_tax"] - EMPTY)]
        return "\n".join(names)

    def _find_cent_differences(self, files):
        """Invoices whose total is another one where the program charges the taxes itself."""
        return "\n".join(
            self.env._(
                "%(number)s: %(reckoned)s there, %(total)s in the ledger",
                number=document["number"],
                reckoned=document["reckoned_total"],
                total=document["total"],
            )
            for _name, sections in files
            for section, documents in sections
            if section._get_section().is_taxed_there()
            for document in documents
            if document.get("reckoned_total") not in (None, document.get("total"))
        )

    # Actions

    def action_refresh(self):
        """Take up what waits now, and make the files anew."""
        self.ensure_one()
        self.check_access("unlink")
        self._check_is_pending()
        batch = self._in_firm()
        again = batch.line_ids.filtered(lambda line: line.sending > 1)
        (batch.line_ids - again).unlink()
        if again:
            again._take_snapshot()
            batch._make_files()
        else:
            batch._collect()

    def action_send(self):
        """Close this batch: what is in it was sent, and its files stay as they are.

        :raises UserError: where a file differs from the ledger, or a record from what is in the
            file
        """
        self.ensure_one()
        self.check_access("unlink")
        self._check_is_pending()
        batch = self._in_firm()
        lock_rows(batch)
        batch._check_can_send()
        batch.write(
            {
                "state": "sent",
                "date_sent": self.env.cr.now(),
                "sent_by_id": self.env.uid,
            }
        )
        batch.line_ids._get_earlier().write({"is_superseded": True, "is_changed": False})

    def _check_is_pending(self):
        if self.state != "pending":
            raise UserError(self.env._("%s was sent already.", self.name))

    def _check_can_send(self):
        if not self.is_certified:
            names = ", ".join(self.file_ids.filtered("difference").mapped("name"))
            raise UserError(
                self.env._(
                    "%(files)s: the total differs from the ledger's. Refresh %(batch)s.",
                    files=names or self.name,
                    batch=self.name,
                )
            )
        changed = self.line_ids.filtered(lambda line: line._find_changes())
        if changed:
            raise UserError(
                self.env._(
                    "Changed since the files were made: %(names)s. Refresh %(batch)s.",
                    names=", ".join(changed[:10].mapped("name")),
                    batch=self.name,
                )
            )

    def action_view_lines(self):
        """Open what is in this batch.

        :return: window action
        """
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sercom_accounting_export.sercom_accounting_batch_line_action"
        )
        return {**action, "domain": [("batch_id", "=", self.id)], "context": {}}
