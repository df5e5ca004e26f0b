from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date, format_time

from odoo.addons.sercom_requests.tools.local_time import to_local

from ...tools.service_file.page import get_path, get_step

# Of each list of a page; the whole lists have pages of their own.
PAGE_LIMIT = 50


class SercomServiceFile(models.Model):
    """The file's page as its reader outside the firm sees it: plain values, no records.

    Templates render what is here, so that no field can be shown by mistake.
    """

    _inherit = "sercom.service.file"

    def _get_portal_page(self, partner):
        """What ``partner`` reads on the page of this one file, in sudo.

        :return: dict of plain values; empty lists for what is not theirs to read
        """
        self.ensure_one()
        is_client = self._is_portal_client(partner)
        jobs = self._get_portal_jobs(partner)
        requests = self._get_portal_requests(partner)
        return {
            **self._get_portal_row(partner),
            "is_client": is_client,
            "path": self._get_portal_path(is_client),
            "address": self._get_portal_address(),
            "requests": [self._prepare_portal_request(lead, is_client) for lead in requests],
            "visits": self._get_portal_visits(partner, jobs, requests),
            "jobs": [self._prepare_portal_job(job, is_client) for job in jobs],
            "messages": self._get_portal_messages(partner),
            "quotes": self._get_portal_quotes(partner),
            "invoices": self._get_portal_invoices(partner),
            "photos": self._get_portal_photos(partner)._get_portal_values(),
            "reports": self._get_portal_reports(partner)._get_portal_values(),
            "company": self.company_id.name,
            "phone": self.company_id.phone or "",
        }

    def _get_portal_row(self, partner):
        """This one file in the list of its reader's requests."""
        step = get_step(self.state, self._is_portal_client(partner))
        return {
            "id": self.id,
            "name": self.name,
            "subject": self.subject or self.name,
            "site": self.fsm_location_id.name or "",
            "date": format_date(self.env, to_local(self.create_date, self._get_portal_zone())),
            "step": step,
            "step_label": self._get_portal_step_labels()[step],
            "url": f"/my/requests/{self.id}",
        }

    def _get_portal_address(self):
        """Address of this one file's site, without what its name says already."""
        if not self.fsm_location_id:
            return ""
        name, address = self.fsm_location_id.name, self.fsm_location_id._get_address_line()
        return address.removeprefix(name).strip(", ") if name else address

    def _get_portal_path(self, is_client):
        labels = self._get_portal_step_labels()
        return [(labels[step], reached) for step, reached in get_path(self.state, is_client)]

    @api.model
    def _get_portal_step_labels(self):
        return {
            "received": self.env._("Received"),
            "quoted": self.env._("Quoted"),
            "in_progress": self.env._("In Progress"),
            "work_done": self.env._("Work Done"),
            "invoiced": self.env._("Invoiced"),
            "paid": self.env._("Paid"),
            "closed": self.env._("Closed"),
        }

    def _get_portal_zone(self, event=None):
        """Time zone of the clocks on site of this one file.

        :param event: visit that is told, as who goes there was told of it
        """
        company = self.company_id
        return (
            self.fsm_location_id.partner_id.tz
            or (event and event._get_told_tz())
            or company.partner_id.tz
            or company.resource_calendar_id.tz
            or self.env.tz.zone
        )

    def _format_portal_day(self, moment, event=None):
        day = to_local(moment, self._get_portal_zone(event)).date()
        return format_date(self.env, day, date_format="full")

    def _format_portal_time(self, moment, event=None):
        zone = self._get_portal_zone(event)
        return format_time(self.env, moment, tz=zone, time_format="short")

    # Messages

    def _get_portal_messages(self, partner):
        """What the reader wrote to the office on this one file, and what the office told them.

        What colleagues write to one another was told to nobody outside, and is not here.
        """
        if self._is_portal_client(partner):
            family = ("commercial_partner_id", "=", partner.commercial_partner_id.id)
            own = Domain("author_id", "any", [family])
            own |= Domain("partner_ids", "any", [family])
            own |= Domain("notified_partner_ids", "any", [family])
        else:
            own = Domain("author_id", "=", partner.id)
            own |= Domain("partner_ids", "in", partner.ids)
            own |= Domain("notified_partner_ids", "in", partner.ids)
        on_file = Domain("model", "=", self._name) & Domain("res_id", "=", self.id)
        if self._is_portal_client(partner):
            # Changes that they asked of a quote.
            on_file |= (
                Domain("model", "=", "sale.order")
                & Domain("res_id", "in", self.sale_order_ids.ids)
                & Domain("author_id", "any", [family])
            )
        messages = self.env["mail.message"].search(
            on_file
            & Domain("message_type", "in", ("comment", "email"))
            & Domain("is_internal", "=", False)
            & Domain("subtype_id", "=", self.env.ref("mail.mt_comment").id)
            & own,
            order="id desc",
            limit=PAGE_LIMIT,
        )
        return [
            {
                "body": message.body,
                "who": message.author_id.name or message.email_from or "",
                "date": self._format_portal_day(message.date),
                "time": self._format_portal_time(message.date),
                "is_own": message.author_id == partner,
            }
            for message in messages[::-1]
        ]
