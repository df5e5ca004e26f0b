from odoo import models


class CrmLead(models.Model):
    """Where a request is to be served: what came of it goes to the same site."""

    _inherit = "crm.lead"

    def _pass_site_on(self, before):
        """Take the new site of these requests to what was to be done at the old one.

        Open quotes and visits still planned follow; so do orders, and with them their open jobs.

        :param dict before: ``_get_identities`` before the change
        """
        moved = {
            lead: site
            for lead, (_client, site) in before.items()
            if site and lead.fsm_location_id and lead.fsm_location_id != site
        }
        # sudo: who keeps requests may not write what came of them
        for lead, old in moved.items():
            orders = lead.order_ids.filtered(
                lambda order, old=old: order.fsm_location_id == old and order._follows_request()
            )
            orders.fsm_location_id = lead.fsm_location_id
            visits = lead.calendar_event_ids.filtered(
                lambda event, old=old: event.fsm_location_id == old and event._is_to_come()
            )
            visits._move_to_site(lead.fsm_location_id)
