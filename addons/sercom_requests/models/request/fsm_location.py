from odoo import api, fields, models

from ...tools.field_access import OFFICE, SALES, TECHNICIAN, merge_fields

# What a technician tells of a site that they visit.
ACCESS_NOTES = {"direction", "notes"}


class FsmLocation(models.Model):
    """A site. The office keeps it; technicians tell how to get in at those that they visit."""

    _name = "fsm.location"
    _inherit = ["fsm.location", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    fsm_order_ids = fields.One2many("fsm.order", "location_id", string="Jobs")

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {TECHNICIAN: ACCESS_NOTES})

    @api.model
    def _is_field_closed(self, field):
        # Plain Odoo and OCA's add-ons go on for those who keep sites.
        is_kept = any(self.env.user.has_group(group) for group in (OFFICE, SALES))
        return super()._is_field_closed(field) or not is_kept

    @api.model_create_multi
    def create(self, vals_list):
        # Typing a new site's name on a request gives its client by context: OCA looks at the
        # values only, and would make the site its own owner.
        owner = self.env.context.get("default_owner_id")
        if owner:
            for vals in vals_list:
                if not vals.get("parent_id"):
                    vals.setdefault("owner_id", owner)
        return super().create(vals_list)

    def _is_own_owner(self):
        """Whether nobody is known as this one site's owner: OCA then names the site itself."""
        self.ensure_one()
        return self.owner_id == self.partner_id

    def _is_known_to(self, partner):
        """Whether ``partner``, or the client they belong to, owns or is met at this one site."""
        self.ensure_one()
        client = partner.commercial_partner_id
        return client in (self.owner_id | self.contact_id | self.partner_id).commercial_partner_id

    def _get_address_line(self):
        """Address of this one site, in one line."""
        address = (self.partner_id._display_address(without_company=True) or "").split("\n")
        return ", ".join(filter(None, map(str.strip, address)))
