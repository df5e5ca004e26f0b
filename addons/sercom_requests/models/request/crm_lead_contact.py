from odoo import api, fields, models

from ...tools.field_access import SALES, merge_fields


class CrmLead(models.Model):
    """Whom to call about a request, where it is not the client: a tenant, a caretaker."""

    _inherit = "crm.lead"

    contact_id = fields.Many2one(
        "res.partner",
        string="Contact on Site",
        compute="_compute_contact_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        tracking=True,
        domain="[('fsm_location', '=', False), ('fsm_person', '=', False)]",
        help="Person to call or to meet on site, where it is not the client. Jobs take it over.",
    )

    @api.depends("partner_id")
    def _compute_contact_id(self):
        for lead in self:
            contact, client = lead.contact_id, lead.partner_id
            if contact.commercial_partner_id != client.commercial_partner_id:
                lead.contact_id = False

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {SALES: {"contact_id"}})
