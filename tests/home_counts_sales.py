from datetime import date, datetime

from odoo import Command

from .home_moments import DAY, HOUR, NOW, TODAY


class CountedSales:
    """What each tile of requests, quotes and invoices counts, and what it must not.

    ``_make_<tile>`` answers two dicts of records by why they are there.
    """

    # Requests

    def _make_requests_to_answer(self):
        waits = self._create_request(company_id=self.company.id)
        cancelled = self._create_request(company_id=self.company.id)
        self._assess(cancelled, NOW + DAY, appointment_state="cancelled")
        quoted, lost, assessed = (self._create_request() for _time in range(3))
        quoted.action_convert_to_quote()
        lost.action_set_lost()
        self._assess(assessed, NOW + DAY)
        plain = self.env["crm.lead"].create({"name": "A deal", "type": "opportunity"})
        return (
            {"waits": waits, "its assessment is cancelled": cancelled},
            {"quoted": quoted, "lost": lost, "assessed": assessed, "no service": plain},
        )

    def _make_requests_to_qualify(self):
        missing = {
            name: self._create_request(**{name: False}, company_id=self.company.id)
            for name in ("need", "fsm_location_id", "request_early", "request_late")
        }
        lost = self._create_request(need=False)
        lost.action_set_lost()
        plain = self.env["crm.lead"].create({"name": "A deal", "type": "opportunity"})
        return missing, {"complete": self._create_request(), "lost": lost, "no service": plain}

    def _assess(self, lead, start, **vals):
        return self.env["calendar.event"].create(
            {
                "name": "Assessment",
                "opportunity_id": lead.id,
                "appointment_kind": "assessment",
                "start": start,
                "stop": start + HOUR,
                **vals,
            }
        )

    def _make_assessments_today(self):
        lead = self._create_request(company_id=self.company.id)
        # The local day is from 05:00 UTC to 05:00 UTC of the next one.
        first = self._assess(lead, datetime(2026, 11, 3, 5))
        last = self._assess(lead, datetime(2026, 11, 4, 4))
        plain = self.env["calendar.event"].create(
            {"name": "Meeting", "start": NOW, "stop": NOW + HOUR}
        )
        return (
            {"first hour": first, "last hour": last},
            {
                "yesterday": self._assess(lead, datetime(2026, 11, 3, 4)),
                "tomorrow": self._assess(lead, datetime(2026, 11, 4, 5)),
                "cancelled": self._assess(lead, NOW, appointment_state="cancelled"),
                "a visit": self._assess(lead, NOW, appointment_kind="visit"),
                "a meeting": plain,
            },
        )

    # Quotes

    def _make_quotes_to_send(self):
        lost, sold = self._create_quote(), self._create_quote()
        lost._action_cancel()
        sold.action_confirm()
        plain = self.env["sale.order"].create({"partner_id": self.client_partner.id})
        return (
            {"draft": self._create_quote()},
            {
                "sent": self._create_quote(state="sent"),
                "lost": lost,
                "sold": sold,
                "no service": plain,
            },
        )

    def _make_quotes_to_chase(self):
        old = {"state": "sent", "date_order": NOW - 5 * DAY, "validity_date": TODAY + 20 * DAY}
        sold = self._create_quote(**old)
        sold.action_confirm()
        return (
            {"old": self._create_quote(**old)},
            {
                "new": self._create_quote(**{**old, "date_order": NOW - DAY}),
                "expired": self._create_quote(**{**old, "validity_date": TODAY - DAY}),
                "draft": self._create_quote(**{**old, "state": "draft"}),
                "sold": sold,
            },
        )

    def _make_quotes_expiring(self):
        sold = self._create_quote(validity_date=TODAY + DAY)
        sold.action_confirm()
        return (
            {
                "today": self._create_quote(validity_date=TODAY),
                "within a week, sent": self._create_quote(
                    validity_date=TODAY + 7 * DAY, state="sent"
                ),
            },
            {
                "later": self._create_quote(validity_date=TODAY + 8 * DAY),
                "expired": self._create_quote(validity_date=TODAY - DAY),
                "sold": sold,
            },
        )

    def _make_quotes_expired(self):
        lost = self._create_quote(validity_date=TODAY - DAY)
        lost._action_cancel()
        return (
            {
                "yesterday": self._create_quote(validity_date=TODAY - DAY),
                "sent": self._create_quote(validity_date=TODAY - DAY, state="sent"),
            },
            {"today": self._create_quote(validity_date=TODAY), "lost": lost},
        )

    # Invoices

    def _bill(self, is_posted=True, **vals):
        file = self._create_request().service_file_id
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.client_partner.id,
                "service_file_id": file.id,
                "invoice_date": TODAY,
                "invoice_line_ids": [
                    Command.create({"name": "Work", "price_unit": 80.0, "tax_ids": False})
                ],
                **vals,
            }
        )
        if is_posted:
            move.action_post()
        return move

    def _make_invoices_draft(self):
        cancelled = self._bill(is_posted=False)
        cancelled.button_cancel()
        return (
            {"draft": self._bill(is_posted=False)},
            {
                "posted": self._bill(),
                "cancelled": cancelled,
                "a credit note": self._bill(is_posted=False, move_type="out_refund"),
                "no service": self._bill(is_posted=False, service_file_id=False),
            },
        )

    def _pay(self, moves, **vals):
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=moves.ids)
            .create(vals)
        )
        return wizard._create_payments()

    def _make_invoices_overdue(self):
        late = {"invoice_date": TODAY - 40 * DAY, "invoice_date_due": TODAY - DAY}
        paid, partial = self._bill(**late), self._bill(**late)
        self._pay(paid)
        self._pay(partial, amount=30.0)
        return (
            {"late": self._bill(**late), "paid in part": partial},
            {
                "due today": self._bill(**{**late, "invoice_date_due": TODAY}),
                "paid": paid,
                "draft": self._bill(is_posted=False, **late),
                "no service": self._bill(**late, service_file_id=False),
            },
        )

    def _make_payments_to_match(self):
        def pay(**vals):
            payment = self.env["account.payment"].create(
                {
                    "partner_type": "customer",
                    "payment_type": "inbound",
                    "partner_id": self.client_partner.id,
                    "amount": 50.0,
                    **vals,
                }
            )
            payment.action_post()
            return payment

        draft = pay()
        draft.action_draft()
        cancelled = pay()
        cancelled.action_draft()
        cancelled.action_cancel()
        return (
            {"of no invoice": pay()},
            {
                "of its invoice": self._pay(self._bill()),
                "draft": draft,
                "cancelled": cancelled,
                "to a vendor": pay(partner_type="supplier", payment_type="outbound"),
                "given back": pay(payment_type="outbound"),
            },
        )

    # Figures

    def _make_sold_this_month(self):
        def sell(moment):
            order = self._create_quote()
            order.action_confirm()
            order.date_order = moment
            return order

        # The local month begins at 04:00 UTC: 1 November has both times, its midnight the first.
        return (
            {"first minute": sell(datetime(2026, 11, 1, 4)), "today": sell(NOW)},
            {
                "month before": sell(datetime(2026, 11, 1, 3, 59)),
                "quote": self._create_quote(date_order=NOW),
            },
        )

    def _make_invoiced_this_month(self):
        return (
            {
                "first day": self._bill(invoice_date=date(2026, 11, 1)),
                "credit note": self._bill(move_type="out_refund"),
            },
            {
                "month before": self._bill(invoice_date=date(2026, 10, 31)),
                "draft": self._bill(is_posted=False),
                "no service": self._bill(service_file_id=False),
            },
        )
