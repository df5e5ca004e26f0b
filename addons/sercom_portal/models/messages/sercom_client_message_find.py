from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

VISITS = ("booked", "moved", "cancelled")
REST = timedelta(minutes=10)  # until a plan has come to rest


class SercomClientMessage(models.Model):
    """What is to be told of each kind, and in which words."""

    _inherit = "sercom.client.message"

    # Visits

    def _get_visit_domain(self):
        return Domain("fsm_order_id.company_id", "=", self.company_id.id) & Domain(
            "fsm_order_id.service_file_id.partner_id", "!=", False
        )

    def _get_visits_to_come(self):
        """Confirmed blocks to come of the company that have come to rest; one of each crew."""
        now = fields.Datetime.now()
        delay = max(REST, timedelta(hours=self.delay_hours))
        blocks = self.env["sercom.assignment"].search(
            self._get_visit_domain()
            & Domain("state", "=", "confirmed")
            & Domain("date_start", ">", now)
            & Domain("write_date", "<=", now - delay)
            & Domain("write_date", ">=", self.on_since or now),
            order="date_start, id",
        )
        return self._get_first_of_crews(blocks)

    def _get_first_of_crews(self, blocks):
        seen = {}
        for block in blocks:
            seen.setdefault((block.fsm_order_id, block.date_start), block)
        return blocks.browse([block.id for block in seen.values()])

    def _get_last_told(self, jobs):
        """What clients were last told of the visits of jobs: ``{job: notices, newest first}``."""
        notices = self.env["sercom.client.notice"].search(
            Domain("message_id.kind", "in", VISITS)
            & Domain("assignment_id.fsm_order_id", "in", jobs.ids)
        )
        return notices.grouped(lambda notice: notice.assignment_id.fsm_order_id)

    def _find_booked(self):
        blocks = self._get_visits_to_come()
        told = self._get_last_told(blocks.fsm_order_id)
        return self._keep_untold(
            self._prepare_visit(block, _title_booked, _text_booked)
            for block in blocks
            if not any(
                one.assignment_id == block or one.told_start == block.date_start
                for one in told.get(block.fsm_order_id, ())
            )
        )

    def _find_moved(self):
        blocks = self._get_visits_to_come()
        told = self._get_last_told(blocks.fsm_order_id)
        things = []
        for block in blocks:
            known = told.get(block.fsm_order_id, ())
            last = next((one for one in known if one.assignment_id == block), None)
            is_known = any(one.told_start == block.date_start for one in known[:1])
            if last and last.told_start != block.date_start and not is_known:
                things.append(self._prepare_visit(block, _title_moved, _text_moved))
        return self._keep_untold(things)

    def _find_cancelled(self):
        now = fields.Datetime.now()
        notices = self.env["sercom.client.notice"].search(
            Domain("message_id.kind", "in", ("booked", "moved"))
            & Domain("message_id.company_id", "=", self.company_id.id)
            & Domain("told_start", ">", now)
            & Domain("assignment_id.state", "=", "cancelled")
            & Domain("assignment_id.write_date", "<=", now - REST)
        )
        things = []
        for block in self._get_first_of_crews(notices.assignment_id):
            job = block.fsm_order_id
            live = job.assignment_ids.filtered(lambda one: one.state != "cancelled")
            if not live.filtered(lambda one, start=block.date_start: one.date_start == start):
                things.append(self._prepare_visit(block, _title_cancelled, _text_cancelled))
        return self._keep_untold(things)

    def _find_reminder(self):
        now = fields.Datetime.now()
        blocks = self.env["sercom.assignment"].search(
            self._get_visit_domain()
            & Domain("state", "=", "confirmed")
            & Domain("date_start", ">", now)
            & Domain("date_start", "<=", now + timedelta(hours=self.delay_hours)),
            order="date_start, id",
        )
        return self._keep_untold(
            self._prepare_visit(block, _title_reminder, _text_reminder)
            for block in self._get_first_of_crews(blocks)
        )

    def _find_missed(self):
        now = fields.Datetime.now()
        late = now - timedelta(hours=self.delay_hours)
        blocks = self.env["sercom.assignment"].search(
            self._get_visit_domain()
            & Domain("state", "=", "confirmed")
            & Domain("fsm_order_id.state", "=", "planned")
            & Domain("date_end", "<=", late)
            & Domain("date_end", ">", max(self.on_since or now, late - timedelta(days=2))),
            order="date_start, id",
        )
        return self._keep_untold(
            self._prepare_visit(block, _title_missed, _text_missed)
            for block in self._get_first_of_crews(blocks)
        )

    def _prepare_visit(self, block, title, text):
        job = block.fsm_order_id
        file = job.service_file_id

        def tell(own, told_file):
            visit = told_file._format_portal_visit(block.date_start, block.date_end)
            return text(own, told_file, visit)

        return {
            "key": f"job {job.id} {block.date_start}",
            "file": file,
            "partner": job.contact_id if job.contact_id.email else file.partner_id,
            "title": title,
            "text": tell,
            "block": block,
            "event": block.calendar_event_id,
        }

    # Quotes, payments, reviews

    def _find_quote(self):
        today = fields.Date.context_today(self)
        orders = self.env["sale.order"].search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("state", "=", "sent")
            & Domain("service_file_id", "!=", False)
            & Domain("validity_date", ">=", today)
            & Domain("validity_date", "<=", today + timedelta(hours=self.delay_hours))
        )
        return self._keep_untold(
            {
                "key": f"quote {order.id}",
                "file": order.service_file_id,
                "partner": order.partner_id,
                "title": lambda own, file: own.env._("your quote waits for you"),
                "text": lambda own, file, order=order: own.env._(
                    "Our quote %(quote)s is valid until %(date)s. Approve it, or tell us what "
                    "should change, on the page below.",
                    quote=order.name,
                    date=file.env["ir.qweb.field.date"].value_to_html(order.validity_date, {}),
                ),
            }
            for order in orders
        )

    def _find_payment(self):
        payments = (
            self.env["account.payment"]
            .search(
                Domain("company_id", "=", self.company_id.id)
                & Domain("payment_type", "=", "inbound")
                & Domain("partner_type", "=", "customer")
                & Domain("state", "in", ("in_process", "paid"))
                & Domain("create_date", ">=", self.on_since or fields.Datetime.now())
            )
            .filtered(lambda payment: payment.reconciled_invoice_ids.service_file_id)
        )
        return self._keep_untold(
            {
                "key": f"payment {payment.id}",
                "file": payment.reconciled_invoice_ids.service_file_id[:1],
                "partner": payment.partner_id,
                "title": lambda own, file: own.env._("we have your payment"),
                "text": lambda own, file, payment=payment: own.env._(
                    "Thank you: we have received %(amount)s for %(invoices)s.",
                    amount=payment.currency_id.format(payment.amount),
                    invoices=", ".join(payment.reconciled_invoice_ids.mapped("name")),
                ),
            }
            for payment in payments
        )

    def _find_review(self):
        if not self.url:
            return []
        late = fields.Datetime.now() - timedelta(hours=self.delay_hours)
        jobs = self.env["fsm.order"].search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("state", "=", "done")
            & Domain("service_file_id.partner_id", "!=", False)
            & Domain("date_end", "<=", late)
            & Domain("date_end", ">=", self.on_since or fields.Datetime.now())
        )
        return self._keep_untold(
            {
                "key": f"file {job.service_file_id.id}",
                "file": job.service_file_id,
                "partner": job.service_file_id.partner_id,
                "title": lambda own, file: own.env._("how did we do?"),
                "text": lambda own, file: own.env._(
                    "Our work is done. Would you tell others how it went?"
                ),
            }
            for job in jobs
        )


def _title_booked(own, file):
    return own.env._("your visit is booked")


def _text_booked(own, file, visit):
    return own.env._("We come on %s.", visit)


def _title_moved(own, file):
    return own.env._("your visit has moved")


def _text_moved(own, file, visit):
    return own.env._("We now come on %s.", visit)


def _title_cancelled(own, file):
    return own.env._("your visit is cancelled")


def _text_cancelled(own, file, visit):
    return own.env._("The visit of %s does not take place.", visit)


def _title_reminder(own, file):
    return own.env._("your visit is soon")


def _text_reminder(own, file, visit):
    return own.env._("We look forward to seeing you: %s.", visit)


def _title_missed(own, file):
    return own.env._("we missed you")


def _text_missed(own, file, visit):
    return own.env._("The visit of %s did not take place. Choose another time, or call us.", visit)
