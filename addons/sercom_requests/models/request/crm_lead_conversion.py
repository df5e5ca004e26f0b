from odoo import models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    """Request → Quote and Request → Invoice (see ``sercom.conversion.mixin``)."""

    _inherit = "crm.lead"

    def action_convert_to_quote(self):
        """Make the quote of each request with all that was typed; or open the one it has.

        :return: window action of the quotes
        :raises UserError: when the client of a request is unknown, or the request is lost
        """
        return self._convert("quote")

    def action_convert_to_invoice(self):
        """Bill the visit: sell the request's lines, or its open quote, and invoice them.

        :return: window action of the draft invoices
        :raises UserError: when a request has nothing to bill
        """
        return self._convert("invoice")

    def action_ask_convert_to_invoice(self):
        """``action_convert_to_invoice`` from a list, which asks as the form's button does.

        :return: window action of the draft invoices
        :raises RedirectWarning: naming the requests whose price nobody has accepted yet
        """
        quotes = self._find_billable_quote()
        sold = self.filtered(lambda lead: lead in quotes and quotes[lead].state == "sale")
        if asked := self - sold:
            question = self.env._(
                "Has the client accepted the price of %s? Its quote is confirmed, and all of it "
                "billed.",
                ", ".join(f"«{name}»" for name in asked.mapped("name")),
            )
            self._ask("sercom_requests.crm_lead_action_confirm_and_invoice", question)
        return self.action_convert_to_invoice()

    def _find_quote(self):
        """Newest quote of each request that is open or sold."""
        # Seen or not by this user, a quote made is not made again.
        orders = (
            self.env["sale.order"]
            .sudo()  # sudo: seen or not by this user, a quote made is not made again
            .search(
                [("opportunity_id", "in", self.ids), ("state", "!=", "cancel")], order="id desc"
            )
        )
        by_lead = orders.grouped(lambda order: order.opportunity_id.id)
        return {
            lead: by_lead[lead.id][:1].with_env(self.env) for lead in self if lead.id in by_lead
        }

    def _make_quote(self):
        self._check_can_convert()
        self._set_missing_clients()
        for lead in self.filtered(lambda lead: lead.type == "lead"):
            lead.convert_opportunity(lead.partner_id)
        vals_list = [lead._prepare_quote_vals() for lead in self]
        orders = self.env["sale.order"]._create_together(vals_list)
        return dict(zip(self, orders, strict=True))

    def _find_billable_quote(self):
        """Quote of each request to bill: one sold and not billed yet, or else its newest."""
        quotes = dict(self._find_quote())
        sold = self.env["sale.order"].search(
            [
                ("opportunity_id", "in", self.ids),
                ("state", "=", "sale"),
                ("invoice_status", "=", "to invoice"),
            ],
            order="id",
        )
        for order in sold:
            quotes[order.opportunity_id] = order
        return quotes

    def _find_invoice(self):
        quotes = self._find_billable_quote()
        orders = self.env["sale.order"].union(*quotes.values())
        invoices = orders._find_invoice()
        return {lead: invoices[order] for lead, order in quotes.items() if invoices.get(order)}

    def _make_invoice(self):
        self._check_can_convert()
        quotes = self._find_billable_quote()
        pending = self.filtered(lambda lead: lead not in quotes)
        pending._check_can_bill()
        quotes.update(pending._make_quote())
        invoices = self.env["sale.order"].union(*quotes.values())._make_invoice()
        return {lead: invoices[quotes[lead]] for lead in self}

    def _check_can_convert(self):
        for lead in self:
            is_lost = lead.won_status == "lost" or not lead.active
            if is_lost and not lead._is_lost_with_quotes():
                raise UserError(
                    self.env._("«%s» is lost or archived. Restore it first.", lead.name)
                )

    def _check_can_bill(self):
        for lead in self:
            if not lead.request_line_ids:
                raise UserError(
                    self.env._(
                        "«%s» has no products or services to bill. Add them to the request first.",
                        lead.name,
                    )
                )

    def _prepare_quote_vals(self):
        """Values of the quote this one request becomes."""
        defaults = self._prepare_opportunity_quotation_context()
        vals = {
            key.removeprefix("default_"): value
            for key, value in defaults.items()
            if key.startswith("default_")
        }
        return {
            **vals,
            "order_line": [line._prepare_order_line() for line in self.request_line_ids],
        }

    def _prepare_opportunity_quotation_context(self):
        context = super()._prepare_opportunity_quotation_context()
        if self.is_service_request:
            context.update(
                default_service_file_id=self.service_file_id.id,
                default_fsm_location_id=self.fsm_location_id.id,
                default_request_early=self.request_early,
                default_request_late=self.request_late,
                default_scope=self.need,
                default_service_notes=self.description,
            )
        return context
