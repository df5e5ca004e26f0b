from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools.actions import window_action


class SercomServiceFile(models.Model):
    """Whom to call where, and what is to be done next in the file."""

    _inherit = "sercom.service.file"

    client_phone = fields.Char(related="partner_id.phone", string="Phone")
    site_address = fields.Char("Address", compute="_compute_site_address", compute_sudo=True)
    next_action = fields.Char(compute="_compute_next_action")

    @api.depends("fsm_location_id.street", "fsm_location_id.city", "fsm_location_id.zip")
    def _compute_site_address(self):
        for file in self:
            site = file.fsm_location_id
            file.site_address = ", ".join(filter(None, (site.street, site.city, site.zip)))

    @api.depends(
        "active",
        "state",
        "opportunity_ids.won_status",
        "appointment_ids.start",
        "sale_order_ids.state",
        "sale_order_ids.invoice_status",
        "invoice_ids.state",
        "invoice_ids.amount_residual",
    )
    @api.depends_context("uid", "lang", "tz")
    def _compute_next_action(self):
        for file in self:
            label, _records = file._get_next_step()
            file.next_action = label

    def action_open_next(self):
        """Open what is to be done next in this one file."""
        self.ensure_one()
        _label, records = self._get_next_step()
        if not records:
            raise UserError(self.env._("Nothing is left to do in %s.", self.display_name))
        return window_action(records)

    def _get_next_step(self):
        """What is to be done next in this one file: ``(words, record)``; ``("", None)`` for none.

        The first of ``_get_next_steps`` that the user may open.
        """
        self.ensure_one()
        if self.active and self.state not in ("paid", "lost"):
            for label, records in self._get_next_steps():
                if own := records._filtered_access("read"):
                    return label(own[0]), own[0]
        return "", None

    def _get_next_steps(self):
        """Hook: what may be left to do in this one file, the nearest to its end first.

        :return: list of ``(method that says it of a record, records)``
        """
        file = self.sudo()  # sudo: what the user may not read is filtered out afterwards
        invoices = file._get_bills().filtered(lambda move: move.move_type == "out_invoice")
        quotes = file.sale_order_ids
        steps = [
            (self._say_send_invoice, invoices.filtered(lambda move: move.state == "draft")),
            (
                self._say_collect,
                invoices.filtered(lambda move: move.state == "posted" and move.amount_residual > 0),
            ),
            (
                self._say_invoice,
                quotes.filtered(
                    lambda order: order.state == "sale" and order.invoice_status == "to invoice"
                ),
            ),
            (self._say_visit, file._get_visits_to_come()),
            (self._say_send, quotes.filtered(lambda order: order.state == "draft")),
            (self._say_chase, quotes.filtered(lambda order: order.state == "sent")),
            (
                self._say_answer,
                file.opportunity_ids.filtered(lambda lead: lead.won_status == "pending"),
            ),
        ]
        return [(say, records.sudo(False)) for say, records in steps]

    def _get_visits_to_come(self):
        """Hook: appointments of this one file that are still to come, the next one first."""
        now = fields.Datetime.now()
        return self.appointment_ids.filtered(
            lambda event: event.start and event.start >= now
        ).sorted("start")

    def _say_send_invoice(self, move):
        return self.env._("Check and confirm the draft invoice")

    def _say_collect(self, move):
        return self.env._("Collect %s", move.name)

    def _say_invoice(self, order):
        return self.env._("Invoice %s", order.name)

    def _say_visit(self, event):
        day = fields.Datetime.context_timestamp(self, event.start).date()
        return self.env._(
            "Visit on %(day)s: %(subject)s",
            day=format_date(self.env, day),
            subject=event.name,
        )

    def _say_send(self, order):
        return self.env._("Send %s", order.name)

    def _say_chase(self, order):
        return self.env._("Get an answer to %s", order.name)

    def _say_answer(self, lead):
        return self.env._("Qualify or quote «%s»", lead.name)
