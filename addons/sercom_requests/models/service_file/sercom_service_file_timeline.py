from odoo import api, fields, models

from ...tools.whole_day import start_of_day

# What happened at the same moment is told in the order in which one leads to the other.
KINDS = ("request", "appointment", "quote", "job", "photo", "invoice", "payment", "call")
RANKS = {**{kind: rank for rank, kind in enumerate(KINDS)}, "payment": KINDS.index("invoice")}


class SercomServiceFile(models.Model):
    """The file's time line: what happened, oldest first.

    Another room, or add-on, puts its records in it by extending ``_get_timeline_sources``.
    """

    _inherit = "sercom.service.file"

    timeline = fields.Json(compute="_compute_timeline")

    @api.depends(
        "opportunity_ids.stage_id",
        "sale_order_ids.state",
        "fsm_order_ids.stage_id",
        "fsm_order_ids.scheduled_date_start",
        "invoice_ids.state",
        "invoice_ids.amount_residual",
    )
    @api.depends_context("uid", "lang", "tz")
    def _compute_timeline(self):
        entries = {file.id: [] for file in self}
        for records, prepare in self._get_timeline_sources():
            for record in records:
                for file_id in self._get_entry_file_ids(record):
                    if file_id in entries:
                        entries[file_id] += prepare(record)
        for file in self:
            dated = [entry for entry in entries.get(file.id, []) if entry["date"]]
            file.timeline = sorted(
                dated, key=lambda entry: (entry["date"], RANKS.get(entry["kind"], len(RANKS)))
            )

    def _get_entry_file_ids(self, record):
        """Hook: ids of the files on whose time lines this one record of a source is."""
        calls = record._name == "mail.message"
        return [record.res_id if calls else record.service_file_id.id]

    def _get_timeline_sources(self):
        """Hook: records of the time line that the user may read.

        :return: list of ``(recordset, method)``; the method makes the record's entries with
            ``_prepare_timeline_entry``. Every recordset is read once for the whole set of files.
        """
        return [
            (self._get_timeline_records("crm.lead"), self._get_request_entries),
            (self._get_timeline_records("fsm.order"), self._get_job_entries),
            (self._get_timeline_records("account.move"), self._get_invoice_entries),
            (self._get_call_messages(), self._get_call_entries),
        ]

    def _get_timeline_records(self, model):
        """Records of a model in these files, those that the user may read; archived ones too."""
        Model = self.env[model].with_context(active_test=False)
        if not Model.has_access("read"):
            return Model
        return Model.search([("service_file_id", "in", self.ids)])

    def _prepare_timeline_entry(self, record, kind, date, label, **extra):
        """One entry of the time line.

        :param record: what opens when the entry is clicked
        :param str kind: name of the entry's icon and style
        :param date: UTC datetime, or date, that places it
        :param str label: what is read
        :param extra: ``state`` (words), ``amount`` (formatted), ``image`` (URL), ``who`` (names)
        """
        if date and not hasattr(date, "hour"):
            # The midnight of who reads it: it shows as that day, without an hour.
            date = start_of_day(date, self.env.tz.zone)
            extra["is_day"] = True
        return {
            "key": f"{record._name},{record.id},{kind}",
            "model": record._name,
            "id": record.id,
            "kind": kind,
            "date": fields.Datetime.to_string(date) if date else False,
            "label": label,
            **extra,
        }

    def _get_entry_date(self, record, day):
        """When this record of ``day`` happened: on its own day, the moment it was created.

        A bare date is its local midnight, before all else that was done that day.
        """
        created = record.create_date
        if not day or fields.Datetime.context_timestamp(record, created).date() == day:
            return created
        return day

    def _get_selection_label(self, record, field):
        return dict(record._fields[field]._description_selection(self.env)).get(record[field], "")

    def _get_request_entries(self, lead):
        return [
            self._prepare_timeline_entry(
                lead,
                "request",
                lead.create_date,
                lead.name,
                state=lead.stage_id.name,
                who=lead.user_id.name or "",
            )
        ]

    def _get_job_entries(self, job):
        return [
            self._prepare_timeline_entry(
                job,
                "job",
                job.date_start or job.scheduled_date_start or job.create_date,
                job.name,
                state=job.stage_id.name,
                who=", ".join((job.person_id | job.person_ids).mapped("name")),
            )
        ]

    def _get_invoice_entries(self, move):
        entries = [
            self._prepare_timeline_entry(
                move,
                "invoice",
                self._get_entry_date(move, move.invoice_date),
                move.display_name,
                state=self._get_selection_label(
                    move, "payment_state" if move.state == "posted" else "state"
                ),
                amount=move.currency_id.format(move.amount_total),
            )
        ]
        entries += [
            self._prepare_timeline_entry(
                move,
                "payment",
                self._get_entry_date(payment, payment.date),
                self.env._("Payment of %s", move.display_name),
                state=self._get_selection_label(payment, "state"),
                amount=payment.currency_id.format(payment.amount),
            )
            # sudo: payments of an invoice that the user may read
            for payment in move.sudo().matched_payment_ids
        ]
        return entries

    def _get_call_messages(self):
        """Notes, and activities marked done, of the files' own chatter: calls are logged there."""
        return self.env["mail.message"].search(
            [
                ("model", "=", self._name),
                ("res_id", "in", self.ids),
                "|",
                ("message_type", "=", "comment"),
                ("mail_activity_type_id", "!=", False),
            ]
        )

    def _get_call_entries(self, message):
        return [
            self._prepare_timeline_entry(
                self.browse(message.res_id),
                "call",
                message.date,
                message.preview or message.subject or "",
                state=message.mail_activity_type_id.name or "",
                who=message.author_id.name or "",
            )
        ]
