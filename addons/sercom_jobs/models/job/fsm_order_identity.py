from odoo import api, models


class FsmOrder(models.Model):
    """Another client or site: who is called, and where the work is, do not stay the former ones.

    A contact who belongs to neither, as a tenant, stays on a job that moves to another site.
    """

    _inherit = "fsm.order"

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        client, site = self.partner_id, self.location_id
        if not client:
            return
        if not (site and site._is_known_to(client)):
            # Who has no site of their own, as a tenant, is served at somebody else's.
            sites = client._get_sites(limit=2)
            own = sites if len(sites) == 1 else sites.browse()
            if sites and site != own:
                self.location_id = own
        if not self._is_contact_known():
            self.contact_id = self._find_contact()

    @api.onchange("location_id")
    def _onchange_location_id_contact(self):
        if self.location_id and self._is_contact_elsewhere():
            self.contact_id = self._find_contact()

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if "contact_id" not in vals and not {"partner_id", "location_id"}.isdisjoint(vals):
            before["contacts"] = {
                job: job.partner_id.commercial_partner_id | job.location_id.contact_id
                for job in self
            }
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        for job, former in before.get("contacts", {}).items():
            contact = job.contact_id
            is_former = (contact | contact.commercial_partner_id) & former
            if is_former and (not job._is_contact_known() or job._is_contact_elsewhere()):
                job.contact_id = job._find_contact()

    def _is_contact_known(self):
        """Whether the contact of this one job is of its client, or met at its site."""
        contact, site = self.contact_id, self.location_id
        return (
            contact.commercial_partner_id == self.partner_id.commercial_partner_id
            or contact in site.contact_id | site.owner_id
        )

    def _is_contact_elsewhere(self):
        """Whether the contact of this one job is whom one meets at another site, not at its own."""
        contact, met = self.contact_id, self.location_id.contact_id
        if not met or not contact or contact in met | self.partner_id:
            return False
        sites = self.env["fsm.location"]
        return bool(sites.search_count([("contact_id", "=", contact.id)], limit=1))

    def _find_contact(self):
        """Whom to call for this one job.

        Who asked for it in the client's place, as a tenant; who is met at its site; else its client
        in person.
        """
        client, site = self.partner_id, self.location_id
        request = self.opportunity_id.sudo()  # sudo: technicians read no requests
        told = request.contact_id if request.fsm_location_id == site else client.browse()
        in_person = client.browse() if client.is_company else client
        return told.sudo(False) or site.contact_id or in_person
