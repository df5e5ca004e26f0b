import base64

from odoo import SUPERUSER_ID, api, models


class SercomWebRequest(models.Model):
    """A request that comes with the time of its visit."""

    _inherit = "sercom.web.request"

    @api.model
    def _claim_time(self, key, address, product, start):
        """Give the time that a page holds to the request that is made of it.

        A page that was open for longer holds it again, if it is still free.

        :raises ValidationError: when somebody else has taken that time meanwhile
        :return: slot, see ``_book``
        """
        Holds = self.env["sercom.booking.hold"].sudo()  # sudo: visitors have no rights
        hold = Holds._find(key)
        if not hold or (hold.product_tmpl_id, str(hold.date_start)) != (product, start):
            hold = Holds._hold(key, address, product, start)
        return hold._take()

    @api.model
    def _book(self, lead, product, slot):
        super()._book(lead, product, slot)
        lead = lead.with_user(SUPERUSER_ID)
        if not lead.request_line_ids:
            line = {"opportunity_id": lead.id, "product_id": product.product_variant_id.id}
            lead.env["sercom.request.line"].create(line)
        lead.action_convert_to_job()
        job = lead._find_job()[lead][:1].sudo()  # sudo: as it is planned for who asked
        job.scheduled_duration = product.web_booking_hours
        job._plan_for_client(lead.partner_id, slot)

    @api.model
    def _get_visits(self, lead):
        return lead.fsm_order_ids.assignment_ids.filtered(lambda block: block.state != "cancelled")

    @api.model
    def _describe_visit(self, lead):
        blocks = self._get_visits(lead)[:1]
        if not blocks:
            return super()._describe_visit(lead)
        file = lead.service_file_id
        visit = file._format_portal_visit(blocks.date_start, blocks.date_end)
        if blocks.state == "confirmed":
            return lead.env._("Your visit is booked: %s.", visit)
        return lead.env._("You chose this time: %s. We will confirm it.", visit)

    @api.model
    def _get_calendar_files(self, lead):
        file = lead.service_file_id
        return [
            *super()._get_calendar_files(lead),
            *(
                ("visit.ics", base64.b64encode(event._get_client_calendar(file)))
                for event in self._get_visits(lead).calendar_event_id
            ),
        ]
