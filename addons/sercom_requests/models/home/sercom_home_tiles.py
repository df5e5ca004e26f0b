from datetime import timedelta

from odoo import api, fields, models

from ...tools.field_access import BILLING, MANAGER, SALES
from ...tools.home.tile import Tile

DAYS_TO_CHASE = 3
DAYS_TO_EXPIRE = 7
REQUESTS = "sercom_requests.sercom_request_action"
QUOTES = "sercom_requests.sercom_quote_action"
INVOICES = "sercom_requests.sercom_invoice_action"
# Lists that are opened from a tile offer to make nothing that would not be in them.
READ_ONLY = {"create": False}


class SercomHome(models.AbstractModel):
    """Tiles of requests, quotes and invoices."""

    _inherit = "sercom.home"

    @api.model
    def _get_tiles(self):
        return [
            *super()._get_tiles(),
            *self._get_request_tiles(),
            *self._get_quote_tiles(),
            *self._get_invoice_tiles(),
            *self._get_month_tiles(),
        ]

    @api.model
    def _get_request_tiles(self):
        waiting = [("is_service_request", "=", True), ("won_status", "=", "pending")]
        missing = [(name, "=", False) for name in ("need", "fsm_location_id", "request_early")]
        missing = ["|", "|", "|", *missing, ("request_late", "=", False)]
        nothing_agreed = [
            ("service_file_id.state", "=", "request"),
            ("assessment_state", "in", ("none", "cancelled")),
        ]
        return [
            Tile(
                "requests_to_answer",
                self.env._("Requests to answer"),
                "calls",
                "crm.lead",
                waiting + nothing_agreed,
                REQUESTS,
                (SALES,),
                tone="warning",
            ),
            Tile(
                "requests_to_qualify",
                self.env._("Requests to qualify"),
                "calls",
                "crm.lead",
                waiting + missing,
                REQUESTS,
                (SALES,),
            ),
            Tile(
                "assessments_today",
                self.env._("Assessments today"),
                "calls",
                "calendar.event",
                [
                    # Appointments have no company of their own.
                    ("service_file_id.company_id", "in", self.env.companies.ids),
                    ("appointment_kind", "=", "assessment"),
                    ("appointment_state", "=", "planned"),
                    *self._get_domain_of_today(),
                ],
                "sercom_requests.sercom_appointment_action",
                (SALES,),
            ),
        ]

    @api.model
    def _get_domain_of_today(self):
        """Domain of the appointments of the user's day; all day, a date is one on the wall."""
        today = fields.Date.context_today(self)
        start, end = self._get_today()
        return [
            "|",
            *("&", "&", ("allday", "=", True)),
            *(("start_date", "<=", today), ("stop_date", ">=", today)),
            *("&", "&", ("allday", "=", False)),
            *(("start", "<", end), ("stop", ">", start)),
        ]

    @api.model
    def _get_quote_tiles(self):
        today = fields.Date.context_today(self)
        ours = [("service_file_id", "!=", False)]
        still_valid = ["|", ("validity_date", "=", False), ("validity_date", ">=", today)]
        chase = self._get_day_start(today - timedelta(days=DAYS_TO_CHASE))
        soon = today + timedelta(days=DAYS_TO_EXPIRE)

        def tile(key, name, domain, tone="info"):
            return Tile(key, name, "quotes", "sale.order", domain, QUOTES, (SALES,), tone)

        return [
            tile(
                "quotes_to_send",
                self.env._("Quotes to send"),
                [*ours, ("state", "=", "draft")],
            ),
            tile(
                "quotes_to_chase",
                self.env._("Quotes to chase"),
                [*ours, ("state", "=", "sent"), ("date_order", "<", chase), *still_valid],
                "warning",
            ),
            tile(
                "quotes_expiring",
                self.env._("Quotes about to expire"),
                [
                    *ours,
                    ("state", "in", ("draft", "sent")),
                    ("validity_date", ">=", today),
                    ("validity_date", "<=", soon),
                ],
                "warning",
            ),
            tile(
                "quotes_expired",
                self.env._("Quotes expired"),
                [*ours, ("state", "in", ("draft", "sent")), ("validity_date", "<", today)],
            ),
        ]

    @api.model
    def _get_invoice_tiles(self):
        today = fields.Date.context_today(self)
        ours = [("service_file_id", "!=", False), ("move_type", "=", "out_invoice")]

        def tile(key, name, domain, amount, tone="info"):
            return Tile(
                key,
                name,
                "billing",
                "account.move",
                ours + domain,
                INVOICES,
                (BILLING,),
                tone,
                amount,
                READ_ONLY,
            )

        return [
            tile(
                "invoices_draft",
                self.env._("Draft invoices"),
                [("state", "=", "draft")],
                "amount_total_signed",
            ),
            tile(
                "invoices_overdue",
                self.env._("Invoices overdue"),
                [
                    ("state", "=", "posted"),
                    ("payment_state", "in", ("not_paid", "partial")),
                    ("invoice_date_due", "<", today),
                ],
                "amount_residual_signed",
                "danger",
            ),
            Tile(
                "payments_to_match",
                self.env._("Payments to match"),
                "billing",
                "account.payment",
                [
                    ("partner_type", "=", "customer"),
                    ("payment_type", "=", "inbound"),
                    ("state", "in", ("in_process", "paid")),
                    ("is_reconciled", "=", False),
                ],
                "account.action_account_payments",
                (BILLING,),
                "warning",
                context=READ_ONLY,
            ),
        ]

    @api.model
    def _get_month_tiles(self):
        first = fields.Date.context_today(self).replace(day=1)
        ours = [("service_file_id", "!=", False)]
        return [
            Tile(
                "sold_this_month",
                self.env._("Orders sold"),
                "figures",
                "sale.order",
                [*ours, ("state", "=", "sale"), ("date_order", ">=", self._get_day_start(first))],
                "sercom_requests.sercom_sold_action",
                (MANAGER,),
                amount="amount_untaxed",
                context=READ_ONLY,
            ),
            Tile(
                "invoiced_this_month",
                self.env._("Invoiced"),
                "figures",
                "account.move",
                [
                    *ours,
                    ("state", "=", "posted"),
                    ("move_type", "in", ("out_invoice", "out_refund")),
                    ("invoice_date", ">=", first),
                ],
                INVOICES,
                (MANAGER,),
                amount="amount_untaxed_signed",
                context={**READ_ONLY, "show_untaxed": True},
            ),
        ]
