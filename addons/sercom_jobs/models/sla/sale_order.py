from odoo import api, fields, models
from odoo.tools import html2plaintext, is_html_empty

from odoo.addons.sercom_requests.tools.field_access import SALES, merge_fields


class SaleOrder(models.Model):
    """The service level that a quote promises; its jobs inherit it."""

    _name = "sale.order"
    _inherit = ["sale.order", "sercom.sla.mixin"]

    sla_text = fields.Html(
        compute="_compute_sla_text",
        store=True,
        readonly=False,
        help="Response and completion times promised. Printed on the quote. Filled in from the "
        "service level until somebody writes another text.",
    )
    sla_asked_on = fields.Datetime(
        "Client Asked On",
        copy=False,
        groups="base.group_user",
        help="When the client asked for the work. Empty: when the quote was confirmed.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {SALES: {"sla_policy_id"}})

    @api.depends(
        "partner_id",
        "company_id",
        "fsm_location_id",
        "opportunity_id.priority",
        "order_line.product_id",
    )
    def _compute_sla_policy_id(self):
        return super()._compute_sla_policy_id()

    @api.depends("sla_policy_id")
    def _compute_sla_text(self):
        """Write the promise of the service level, never over a text that somebody typed."""
        known = None
        for order in self:
            text = order.sla_text
            policy = order.sla_policy_id
            if order._is_sla_open() and (policy or not is_html_empty(text)):
                if not is_html_empty(text) and known is None:
                    known = self.env["sercom.sla.policy"]._get_known_promises(self.company_id)
                if is_html_empty(text) or html2plaintext(text) in known:
                    lang = order.partner_id.lang or self.env.lang
                    text = policy and policy.with_context(lang=lang)._get_promise()
            order.sla_text = text

    def _is_sla_open(self):
        return self.state in ("draft", "sent")

    def _get_fitting_policies(self):
        # What a company sells beside its services promises no visit, and costs no query.
        served = self.filtered(lambda order: order._is_service_flow())
        none = dict.fromkeys(self, self.env["sercom.sla.policy"])
        return {**none, **super(SaleOrder, served)._get_fitting_policies()}

    def _get_sla_need(self):
        return self._prepare_sla_need(
            self.partner_id,
            self.order_line.product_id,
            priority=self.opportunity_id.priority or "0",
        )

    def _get_sla_start(self):
        """When the clock of this one order's jobs starts, if they are its first ones.

        The client has waited since the request where no quote stood in between, and else since
        they accepted the quote.
        """
        self.ensure_one()
        return self.sla_asked_on or self.date_order
