import re

from odoo import api, fields, models
from odoo.fields import Domain

PER_CLIENT = 5
MAX_RECORDS = 200
SITE_FIELDS = ("fsm_location_id", "location_id")
NUMBER = re.compile(r"^(?=.*\d)[\w/\-. ]{3,}$")


class SercomCaller(models.AbstractModel):
    """What a call may be about: open work, unpaid invoices, last visits."""

    _inherit = "sercom.caller"

    @api.model
    def _get_number_models(self):
        """Hook: models whose records a caller names by number.

        :return: ``{model: domain}``
        """
        return {
            "sercom.service.file": Domain.TRUE,
            "sale.order": Domain("service_file_id", "!=", False),
            "account.move": Domain("move_type", "in", ("out_invoice", "out_refund")),
        }

    @api.model
    def _get_number_kinds(self):
        """Hook: the firm's word for the models of ``_get_number_models``, which Odoo and OCA name
        for their builders (a journal entry, a field service order).

        :return: ``{model: word}``
        """
        return {
            "sercom.service.file": self.env._("Service File"),
            "sale.order": self.env._("Quote"),
            "account.move": self.env._("Invoice"),
        }

    @api.model
    def _search_numbers(self, text):
        """Records whose number has the text in it, of the models that the user may read."""
        if not NUMBER.match(text):
            return []
        found = []
        for model, domain in self._get_number_models().items():
            if self.env[model].has_access("read"):
                found += self.env[model].search(
                    domain & Domain("name", "ilike", text), limit=PER_CLIENT, order="id desc"
                )
        return found

    @api.model
    def _describe_number(self, record):
        return {
            "model": record._name,
            "id": record.id,
            "kind": self._get_number_kinds()[record._name],
            "name": record.name,
            "client": self._get_client(record).display_name or "",
        }

    @api.model
    def _get_sections(self, clients, family, sites):
        """Records of the clients, as ``search_callers`` tells them, but by client.

        :return: list of ``{"key", "name", "model", "records": {client: [row]}}``
        """
        sections = []
        for source in self._get_section_sources(family, sites):
            Model = self.env[source["model"]]
            if not Model.has_access("read"):
                continue
            found = Model.search_fetch(
                source["domain"], source["fields"], limit=MAX_RECORDS, order=source["order"]
            )
            by_client = {}
            for record in found:
                for client in self._get_section_clients(record, clients, sites):
                    rows = by_client.setdefault(client, [])
                    if len(rows) < PER_CLIENT:
                        rows.append({"id": record.id, **source["row"](record)})
            sections.append(
                {
                    "key": source["key"],
                    "name": source["name"],
                    "model": source["model"],
                    "records": by_client,
                }
            )
        return sections

    @api.model
    def _get_section_clients(self, record, clients, sites):
        """Those of ``clients`` that a record is shown under: its client's, or of its site."""
        name = next((name for name in SITE_FIELDS if name in record._fields), None)
        site = record[name] & sites if name else sites.browse()
        owner, contact = site.owner_id, site.contact_id
        found = owner.commercial_partner_id | contact.commercial_partner_id
        return (self._get_client(record) | found) & clients

    @api.model
    def _get_client(self, record):
        """Client that one record is about, as a company or household."""
        source = record.service_file_id if record._name == "calendar.event" else record
        return source.partner_id.commercial_partner_id

    @api.model
    def _get_section_sources(self, family, sites):
        """Hook: what is shown of clients, in the order of the screen.

        :param family: the clients and their contacts, so that indexes of ``partner_id`` serve
        :param sites: where they are met
        :return: list of ``{"key", "name", "model", "domain", "fields" (to fetch), "order", "row"
            (function: record to ``{"name", "detail", "date"}``)}``
        """
        theirs = Domain("partner_id", "in", family.ids)
        here = Domain("fsm_location_id", "in", sites.ids)
        return [
            {
                "key": "files",
                "name": self.env._("Open Files"),
                "model": "sercom.service.file",
                "domain": (theirs | here) & Domain("state", "not in", ("paid", "lost")),
                "fields": ["name", "subject", "state", "partner_id", "fsm_location_id"],
                "order": "id desc",
                "row": self._describe_file,
            },
            {
                "key": "quotes",
                "name": self.env._("Quotes"),
                "model": "sale.order",
                "domain": (theirs | here) & Domain("state", "in", ("draft", "sent")),
                "fields": [
                    *("name", "state", "quote_status", "validity_date"),
                    *("amount_total", "currency_id"),
                    *("partner_id", "fsm_location_id"),
                ],
                "order": "id desc",
                "row": self._describe_quote,
            },
            {
                "key": "invoices",
                "name": self.env._("Unpaid Invoices"),
                "model": "account.move",
                "domain": theirs & self._get_unpaid_domain(),
                "fields": [
                    *("name", "amount_residual", "currency_id", "invoice_date_due", "partner_id"),
                ],
                "order": "invoice_date_due, id",
                "row": self._describe_invoice,
            },
            {
                "key": "visits",
                "name": self.env._("Last Visits"),
                "model": "calendar.event",
                "domain": Domain("service_file_id.partner_id", "in", family.ids)
                & Domain("appointment_state", "!=", "cancelled")
                & Domain("start", "<", fields.Datetime.now()),
                "fields": ["name", "start", "service_file_id", "fsm_location_id"],
                "order": "start desc, id desc",
                "row": self._describe_visit,
            },
        ]

    @api.model
    def _get_unpaid_domain(self):
        return (
            Domain("move_type", "=", "out_invoice")
            & Domain("state", "=", "posted")
            & Domain("payment_state", "in", ("not_paid", "partial"))
        )

    @api.model
    def _get_label(self, record, name):
        return dict(record._fields[name]._description_selection(self.env)).get(record[name], "")

    @api.model
    def _describe_file(self, file):
        state = self._get_label(file, "state")
        return {
            "name": file.name,
            "detail": " · ".join(filter(None, (file.subject, state))),
            "date": False,
        }

    @api.model
    def _describe_quote(self, order):
        amount = order.currency_id.format(order.amount_total)
        return {
            "name": order.name,
            "detail": f"{amount} · {self._get_label(order, 'quote_stage')}",
            "date": False,
        }

    @api.model
    def _describe_invoice(self, move):
        due = fields.Date.to_string(move.invoice_date_due)
        return {
            "name": move.name,
            "detail": move.currency_id.format(move.amount_residual),
            "date": due or False,
        }

    @api.model
    def _describe_visit(self, event):
        return {
            "name": event.name,
            "detail": event.fsm_location_id.name or "",
            "date": fields.Datetime.to_string(event.start),
        }
