import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.actions import window_action
from ...tools.client import CLIENT_DOMAIN
from ...tools.context import SKIP_JOB_GENERATION
from ...tools.field_access import BILLING, SALES, merge_fields
from ...tools.text import first_line
from ..request.crm_lead_stage import ORDER_FOLLOWED


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = [
        "sale.order",
        "sercom.service.file.mixin",
        "sercom.conversion.mixin",
        "sercom.visit.window.mixin",
    ]
    _service_flow_fields = ("fsm_location_id", "opportunity_id")
    _link_fields = ("service_file_id", "origin_fsm_order_id")
    _identity_fields = ("partner_id", "fsm_location_id")
    _told_links = frozenset({"fsm_location_id"})

    partner_id = fields.Many2one(domain=CLIENT_DOMAIN)
    service_file_id = fields.Many2one(check_company=True)
    fsm_location_id = fields.Many2one(string="Site", index="btree_not_null")
    # A duplicate is another need, that comes from no request.
    opportunity_id = fields.Many2one(string="Request", copy=False)
    scope = fields.Html(
        help="What the work includes and leaves out. Printed on the quote; the job's description."
    )
    service_notes = fields.Html(
        "Internal Notes",
        groups="base.group_user",
        help="For the office and the technicians, never shown to the client.",
    )
    sla_text = fields.Html(
        "Service Level", help="Response and completion times promised. Printed on the quote."
    )
    photo_ids = fields.One2many(
        string="Photos",
        related="service_file_id.photo_ids",
        readonly=False,
        groups="base.group_user",
    )
    measurement_ids = fields.One2many(
        string="Measurements",
        related="service_file_id.measurement_ids",
        readonly=False,
        groups="base.group_user",
    )
    quote_status = fields.Selection(
        [("open", "Open"), ("sold", "Sold"), ("lost", "Lost"), ("replaced", "Replaced")],
        compute="_compute_quote_status",
        store=True,
        index=True,
    )
    lost_reason_id = fields.Many2one(
        "crm.lost.reason",
        copy=False,
        index="btree_not_null",
        tracking=True,
        groups="base.group_user",
    )
    version = fields.Integer(default=1, copy=False, readonly=True)
    previous_version_id = fields.Many2one(
        "sale.order", copy=False, readonly=True, index="btree_not_null", check_company=True
    )
    next_version_ids = fields.One2many("sale.order", "previous_version_id")
    origin_fsm_order_id = fields.Many2one(
        "fsm.order",
        string="Found On Job",
        copy=False,
        readonly=True,
        groups="base.group_user",
        index="btree_not_null",
        help="Job during which the need for this quote was found.",
    )
    is_billed_as_sold = fields.Boolean(
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="Billed straight from the quote: what was sold is owed, delivered or not.",
    )

    _next_version_uniq = models.UniqueIndex(
        "(previous_version_id) WHERE previous_version_id IS NOT NULL",
        "This quote already has a newer version.",
    )

    @api.depends("state", "next_version_ids")
    def _compute_quote_status(self):
        statuses = {"draft": "open", "sent": "open", "sale": "sold", "cancel": "lost"}
        for order in self:
            replaced = order.state == "cancel" and order.next_version_ids
            order.quote_status = "replaced" if replaced else statuses.get(order.state)

    @api.model
    def _get_writable_fields(self):
        told = {
            "measurement_ids",
            "photo_ids",
            "request_early",
            "request_late",
            "scope",
            "service_file_id",
            "service_notes",
            "sla_text",
        }
        return merge_fields(
            super()._get_writable_fields(),
            {SALES: told | {"lost_reason_id"}, BILLING: told},
        )

    @api.model
    def _get_client_fields(self):
        return super()._get_client_fields() | {
            *("next_version_ids", "previous_version_id", "version", "quote_status"),
            *("request_early", "request_late", "scope", "sla_text"),
        }

    @api.model
    def _get_creatable_fields(self):
        return merge_fields(super()._get_creatable_fields(), {SALES: {"origin_fsm_order_id"}})

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._open_service_files()
        orders._leave_files_of_others()
        if self._is_linked_by(vals_list):
            orders._check_links()
        orders.sudo().opportunity_id._follow_orders()  # sudo: they only follow
        return orders

    def write(self, vals):
        is_linked = self._check_old_links(vals)
        identities = self._get_identities(vals)
        is_followed = not ORDER_FOLLOWED.isdisjoint(vals)
        requests = self.sudo().opportunity_id if is_followed else None  # sudo: they only follow
        res = super().write(vals)
        if not set(self._service_flow_fields).isdisjoint(vals):
            self._open_service_files()
        if identities:
            self._after_identity_change(vals, identities)
        self._check_file_client(vals)
        if is_linked:
            self._check_links()
        if is_followed:
            (requests | self.sudo().opportunity_id)._follow_orders()  # sudo: as above
        return res

    def _after_identity_change(self, vals, before):
        """Hook: pass on the new client or site of these orders.

        :param dict vals: what was written
        :param dict before: ``_get_identities`` before it was
        """
        if "fsm_location_id" not in vals:
            for order, (client, site) in before.items():
                is_same = client.commercial_partner_id == order.partner_id.commercial_partner_id
                if site and not is_same and not site._is_known_to(order.partner_id):
                    order.fsm_location_id = order._find_sites()[order]
        self._update_file_identities(before)

    def _get_file_followers(self):
        return [self.fsm_order_ids]

    def _is_service_flow(self):
        return bool(self.fsm_location_id) or any(
            line._is_field_service() for line in self.order_line
        )

    def _get_source_records(self):
        return [self.origin_fsm_order_id, self.opportunity_id]

    def _prepare_service_file_vals(self):
        return {
            **super()._prepare_service_file_vals(),
            "fsm_location_id": self.fsm_location_id.id,
            "subject": self.opportunity_id.name or first_line(self.scope),
            "user_id": self.user_id.id,
        }

    # Versions

    def action_revise(self):
        """Make the next version of this quote and open it; the old one is kept, replaced."""
        self.ensure_one()
        self.check_access("write")
        self._lock_for_conversion()
        if self.next_version_ids:
            return window_action(self.next_version_ids)
        self._check_can_revise()
        revision = self.copy(self._prepare_revision_vals())
        # sudo: nobody writes by hand which version of what a quote is
        revision.sudo().write({"version": self.version + 1, "previous_version_id": self.id})
        if self.state != "cancel":
            self._action_cancel()
        self.message_post(body=self.env._("Replaced by %s.", revision._get_html_link()))
        revision.message_post(body=self.env._("New version of %s.", self._get_html_link()))
        return window_action(revision)

    def _check_can_revise(self):
        if self.state == "sale":
            raise UserError(
                self.env._(
                    "%s is sold and cannot be revised. Make a new quote for the extra work.",
                    self.name,
                )
            )

    def _prepare_revision_vals(self):
        root = re.sub(r"-v\d+$", "", self.name)
        return {
            "name": f"{root}-v{self.version + 1}",
            "service_file_id": self.service_file_id.id,
            "origin_fsm_order_id": self.origin_fsm_order_id.id,
            "opportunity_id": self.opportunity_id.id,
            "fsm_location_id": self.fsm_location_id.id,
            "request_early": self.request_early,
            "request_late": self.request_late,
            **self._prepare_revision_validity(),
        }

    def _lose(self, reason, note=None):
        """Close these open quotes as lost.

        :param reason: ``crm.lost.reason`` record, may be empty
        :param str note: what the client said, kept in the chatter
        """
        for order in self:
            if order.state not in ("draft", "sent"):
                raise UserError(
                    self.env._("%s is not an open quote. Cancel the order instead.", order.name)
                )
        self.write({"lost_reason_id": reason.id})
        self._action_cancel()
        if note:
            for order in self:
                order.message_post(body=note)

    # Quote → Invoice

    def action_convert_to_invoice(self):
        """Bill these orders, deposits deducted; a quote is confirmed first and billed as sold.

        :return: window action of the draft invoices, one per order
        :raises UserError: when an order has no lines, no price or nothing to invoice
        """
        return self._convert("invoice")

    def action_ask_convert_to_invoice(self):
        """``action_convert_to_invoice`` from a list, which asks as the form's button does.

        :return: window action of the draft invoices
        :raises RedirectWarning: naming the quotes that nobody has accepted yet
        """
        if quotes := self.filtered(lambda order: order.state in ("draft", "sent")):
            question = self.env._(
                "The client has not accepted %s yet. Confirm it for them and bill all of it?",
                ", ".join(quotes.mapped("name")),
            )
            self._ask("sercom_requests.sale_order_action_confirm_and_invoice", question)
        return self.action_convert_to_invoice()

    def _find_invoice(self):
        """Draft invoice of each order; or its last one when nothing is left to invoice."""
        found = {}
        for order in self:
            moves = order.invoice_ids._get_conversion_results()
            moves |= order.invoice_ids._get_deposit_credits()
            left = order.order_line._get_to_settle() or order._has_deposit_to_deduct()
            if move := moves._find_conversion_result(bool(left)):
                found[order] = move
        return found

    def _has_deposit_to_deduct(self):
        """Whether a deposit of this one order waits, with no work left to deduct it from."""
        self.ensure_one()
        waits = any(line.is_downpayment and line.qty_to_invoice < 0 for line in self.order_line)
        # sudo: billing may not read jobs
        return waits and all(self.sudo().fsm_order_ids.mapped("is_closed"))

    def _make_invoice(self):
        """Confirm the quotes of the set and make the draft invoice of every order."""
        self._check_can_invoice()
        quotes = self.filtered(lambda order: order.state in ("draft", "sent"))
        if quotes:
            # Billed at once, as sold: there is nothing left to plan.
            quotes.sudo().is_billed_as_sold = True  # sudo: it follows from this button alone
            SKIP_JOB_GENERATION(quotes).action_confirm()
        moves = self.with_context(raise_if_nothing_to_invoice=False)._create_invoices(
            grouped=True, final=True
        )
        made = {move.line_ids.sale_line_ids.order_id: move for move in moves}
        for order in self:
            if order not in made:
                raise UserError(
                    self.env._(
                        "%s has nothing to invoice: its work is not done, its parts are not "
                        "delivered, or all of it is invoiced.",
                        order.name,
                    )
                )
        return made

    def _field_service_generation(self):
        if SKIP_JOB_GENERATION.get(self):
            return self.env["fsm.order"]
        return super()._field_service_generation()

    def _check_can_invoice(self):
        for order in self:
            if order.state == "cancel":
                raise UserError(
                    self.env._("%s is lost. Set it back to quotation first.", order.name)
                )
            if not order.order_line.filtered(lambda line: not line.display_type):
                raise UserError(
                    self.env._("%s has no lines. Add products or services first.", order.name)
                )
            settled = order.order_line._get_to_settle()
            if any(line.qty_to_invoice < 0 for line in settled):
                continue  # nothing is owed any more, and it was billed
            if not order.order_line._is_priced():
                raise UserError(
                    self.env._("%s has no price. Set one on its lines first.", order.name)
                )

    def _prepare_invoice(self):
        return {**super()._prepare_invoice(), "service_file_id": self.service_file_id.id}

    def _get_invoice_grouping_keys(self):
        # Two files are two needs: each has its own invoice, and its own totals.
        return [*super()._get_invoice_grouping_keys(), "service_file_id"]
