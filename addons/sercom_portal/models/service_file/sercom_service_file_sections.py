from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sercom_requests.tools.local_time import to_local

from ...tools.service_file.page import group_visits, order_visits
from .sercom_service_file_page import PAGE_LIMIT

# From when on somebody may be at the door, at most.
WINDOW = timedelta(hours=2)


class SercomServiceFile(models.Model):
    """What each section of a file's page tells, for its reader."""

    _inherit = "sercom.service.file"

    def _search_portal(self, model, domain, order="id desc"):
        """Newest records of a model in this one file."""
        domain = Domain("service_file_id", "=", self.id) & domain
        return self.env[model].search(domain, order=order, limit=PAGE_LIMIT)

    # Requests

    def _get_portal_requests(self, partner):
        own = Domain.TRUE
        if not self._is_portal_client(partner):
            own = Domain("contact_id", "=", partner.id)
        return self._search_portal("crm.lead", own)

    def _prepare_portal_request(self, lead, is_client):
        return {
            "name": lead.name,
            "date": self._format_portal_day(lead.create_date),
            "need": lead.need if is_client else "",
            "suits": self._format_portal_wish(lead),
            "is_urgent": lead.priority == "3",
        }

    def _format_portal_wish(self, lead):
        """When a request suits its client, in words; nothing for as soon as can be."""
        if not lead.request_early:
            return ""
        return self.env._(
            "%(day)s, %(early)s to %(late)s",
            day=self._format_portal_day(lead.request_early),
            early=self._format_portal_time(lead.request_early),
            late=self._format_portal_time(lead.request_late or lead.request_early),
        )

    # Visits

    @api.model
    def _get_portal_visit_domain(self):
        """Appointments that are visits: to the client, not about them."""
        return Domain("appointment_kind", "in", ("assessment", "visit")) & Domain(
            "privacy", "!=", "private"
        )

    def _get_portal_events(self, partner, jobs, requests):
        domain = self._get_portal_visit_domain()
        if not self._is_portal_client(partner):
            domain &= (
                Domain("partner_ids", "in", partner.ids)
                | Domain("fsm_order_id", "in", jobs.ids)
                | Domain("opportunity_id", "in", requests.ids)
            )
        return self._search_portal("calendar.event", domain, order="start desc, id desc")

    def _find_portal_event(self, partner, event_id):
        """Visit of this one file that ``partner`` reads of; none for another's."""
        jobs, requests = self._get_portal_jobs(partner), self._get_portal_requests(partner)
        events = self._get_portal_events(partner, jobs, requests)
        return events.filtered(lambda event: event.id == event_id)

    def _get_portal_visits(self, partner, jobs, requests):
        """Visits that the reader knows of, the next one first; a crew's is one."""
        events = self._get_portal_events(partner, jobs, requests)
        events.assignment_ids.employee_id.mapped("tz")  # of all of them in one read
        # One that was handed over is crossed out in a colleague's calendar, not in the client's.
        live = events.filtered(lambda event: event.appointment_state != "cancelled")
        kept = {(event.fsm_order_id, event.start) for event in live}
        dropped = (events - live).filtered(
            lambda event: (event.fsm_order_id, event.start) not in kept
        )
        rows = [
            ((event.fsm_order_id.id, event.opportunity_id.id), event.start, event)
            for event in live | dropped
        ]
        groups = group_visits(order_visits(rows, fields.Datetime.now()))
        return [
            # Read together with the others.
            self._prepare_portal_visit(
                events.browse([event.id for event in group]).with_prefetch(events._prefetch_ids)
            )
            for group in groups
        ]

    def _prepare_portal_visit(self, events):
        """One visit of events at one moment: when, who comes, and whether it stands."""
        event = next(iter(events))  # with the others in one read
        labels = {
            "planned": self.env._("Planned"),
            "done": self.env._("Done"),
            "cancelled": self.env._("Cancelled"),
        }
        is_assessment = event.appointment_kind == "assessment"
        day = (
            format_date(self.env, event.start_date, date_format="full")
            if event.allday
            else self._format_portal_day(event.start, event)
        )
        return {
            "id": event.id,
            "kind": self.env._("Assessment") if is_assessment else self.env._("Visit"),
            "job": event.fsm_order_id.name or "",
            "day": day,
            "window": "" if event.allday else self._format_portal_window(event),
            "state": event.appointment_state,
            "state_label": labels[event.appointment_state],
            "people": self._get_portal_people(events),
        }

    def _format_portal_window(self, event):
        """Between when and when somebody arrives for this one visit, in words."""
        if event.appointment_state != "planned":
            return self._format_portal_time(event.start, event)
        return self._format_portal_arrival(event.start, event.stop, event)

    def _format_portal_arrival(self, start, stop, event=None):
        """Between when and when somebody arrives for a visit of this one file, in words."""
        latest = min(start + self._get_portal_window(), stop)
        if latest <= start:
            return self._format_portal_time(start, event)
        return self.env._(
            "between %(early)s and %(late)s",
            early=self._format_portal_time(start, event),
            late=self._format_portal_time(latest, event),
        )

    def _get_portal_window(self):
        """Hook: how long after the start of a visit of this one file somebody may arrive."""
        return WINDOW

    def _get_portal_people(self, events):
        """Who comes to these visits, or came: ``[(employee id for a picture, name)]``."""
        employees = events.assignment_ids.employee_id
        if employees:
            return [(person.image_128 and person.id, person.name) for person in employees]
        colleagues = events.partner_ids.filtered(lambda person: not person.partner_share)
        return [(False, person.name) for person in colleagues]

    def _get_portal_employees(self, partner):
        """People whose picture the reader sees: those of the visits of this one file."""
        jobs, requests = self._get_portal_jobs(partner), self._get_portal_requests(partner)
        events = self._get_portal_events(partner, jobs, requests)
        return events.assignment_ids.employee_id

    # Jobs

    @api.model
    def _get_portal_jobs_domain(self, partner):
        """Jobs that a partner reads on their pages: as client, or as contact on site."""
        if not partner:
            return Domain.FALSE
        client = partner.commercial_partner_id
        own = Domain("contact_id", "=", partner.id)
        if not partner.sudo().is_site_contact:  # sudo: whoever asks, who it is
            own |= Domain("partner_id.commercial_partner_id", "=", client.id)
        # Each opens the page of its file.
        return own & Domain("service_file_id", "any", self._get_portal_domain(partner))

    def _get_portal_job_row(self, job):
        """One job, in sudo, in the list of its reader's jobs."""
        return {
            **self._prepare_portal_job(job, is_client=False),
            "site": job.location_id.name or "",
            "url": f"/my/requests/{self.id}#job_{job.id}",
        }

    def _get_portal_jobs(self, partner):
        own = Domain.TRUE
        if not self._is_portal_client(partner):
            own = Domain("contact_id", "=", partner.id)
        return self._search_portal("fsm.order", own)

    def _prepare_portal_job(self, job, is_client):
        """One job: how far it is and when; no price, no note, no hours."""
        planned = job.state in ("planned", "in_progress") and job.scheduled_date_start
        done = job.state == "done" and job.date_end
        return {
            "id": job.id,
            "name": job.name,
            "subject": job.subject or "",
            "work": self._get_portal_work(job) if is_client else "",
            "state": job.state,
            "state_label": dict(job._fields["state"]._description_selection(self.env))[job.state],
            "date": self._format_portal_day(done or planned) if done or planned else "",
            "can_ask_again": is_client and job.state == "done",
        }

    def _get_portal_work(self, job):
        """What was sold of one job, in a few words."""
        return ", ".join(job.sale_line_ids.product_id[:3].mapped("name"))

    # Money: for the client alone

    def _get_portal_quotes(self, partner):
        """Quotes that the client got, also refused ones, and change orders; the newest first."""
        if not self._is_portal_client(partner):
            return []
        orders = self._search_portal(
            "sale.order",
            (
                Domain("state", "in", ("sent", "sale"))
                | (Domain("state", "=", "cancel") & Domain("refused_on", "!=", False))
            )
            & Domain("partner_id.commercial_partner_id", "=", partner.commercial_partner_id.id)
            # An order that a job opened for itself was never quoted.
            & (Domain("is_opened_by_job", "=", False) | Domain("signed_on", "!=", False)),
        )
        return [self._prepare_portal_quote(order) for order in orders]

    def _prepare_portal_quote(self, order):
        is_open = order.state == "sent"
        refused = order.refused_on if order.state == "cancel" else False
        if refused:
            label = self.env._("Refused")
        elif order.state == "sale":
            label = self.env._("Approved")
        elif order.is_expired:
            label = self.env._("Expired")
        else:
            label = self.env._("Waiting for your answer")
        valid = is_open and order.validity_date
        return {
            "id": order.id,
            "name": order.name,
            "is_change_order": order.is_change_order,
            "date": format_date(self.env, to_local(order.date_order, self._get_portal_zone())),
            "valid_until": format_date(self.env, valid) if valid else "",
            "amount": order.currency_id.format(order.amount_total),
            "paid": order.currency_id.format(order.amount_paid) if order.amount_paid else "",
            "is_open": is_open,
            "is_expired": is_open and order.is_expired,
            "label": label,
            "refused_on": self._format_portal_day(refused) if refused else "",
            "refusal_reason": (refused and order.refusal_reason) or "",
            "signed_by": order.signed_by or order.consent_name or "",
            "url": f"/my/orders/{order.id}",
            "pdf_url": f"/my/orders/{order.id}?report_type=pdf&download=true",
        }

    def _get_portal_invoices(self, partner):
        """Posted invoices and credit notes of the client, the newest first."""
        if not self._is_portal_client(partner):
            return []
        moves = self._search_portal(
            "account.move",
            Domain("move_type", "in", ("out_invoice", "out_refund"))
            & Domain("state", "=", "posted")
            & Domain("commercial_partner_id", "=", partner.commercial_partner_id.id),
        )
        takes_payments = self.company_id._takes_payments_online()
        return [self._prepare_portal_invoice(move, takes_payments) for move in moves]

    def _prepare_portal_invoice(self, move, takes_payments):
        is_due = move.move_type == "out_invoice" and move.payment_state in ("not_paid", "partial")
        labels = dict(move._fields["payment_state"]._description_selection(self.env))
        return {
            "id": move.id,
            "name": move.name,
            "is_credit": move.move_type == "out_refund",
            "date": format_date(self.env, move.invoice_date),
            "due": format_date(self.env, move.invoice_date_due) if is_due else "",
            "amount": move.currency_id.format(move.amount_total),
            "residual": move.currency_id.format(move.amount_residual),
            "is_due": is_due,
            "can_pay": is_due and takes_payments,
            "label": labels.get(move.payment_state, ""),
            "url": f"/my/invoices/{move.id}",
            "pdf_url": f"/my/invoices/{move.id}?report_type=pdf&download=true",
        }

    # Evidence: for the client alone

    def _get_portal_photos(self, partner):
        """Photos of this one file that are marked for the client."""
        if not self._is_portal_client(partner):
            return self.env["sercom.photo"]
        domain = Domain("is_shown_to_client", "=", True)
        return self._search_portal("sercom.photo", domain, order="date_taken desc, id desc")

    def _get_portal_reports(self, partner):
        """Completion reports of this one file that were sent to the client and still count."""
        if not self._is_portal_client(partner):
            return self.env["sercom.job.report"]
        return self._search_portal(
            "sercom.job.report",
            Domain("state", "=", "current")
            & Domain("date_sent", "!=", False)
            & Domain("attachment_id", "!=", False),
        )
