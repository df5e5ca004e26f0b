from odoo import api, models


class CrmLead(models.Model):
    """Where a request is to be served: what came of it goes to the same site."""

    _inherit = "crm.lead"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        # Odoo's lead enrichment is there or not, whatever Sercom builds on.
        for button in arch.iterfind(".//button[@name='iap_enrich']"):
            hidden = button.get("invisible")
            button.set("invisible", f"is_service_request or ({hidden or False})")
        return arch, view

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
