from odoo import api, models


class CrmLead(models.Model):
    """What is no step of a request stands under *Actions*, also of add-ons not built on here."""

    _inherit = "crm.lead"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        # ``crm_iap_enrich`` installs itself with Odoo's CRM: a paid service that knows companies.
        for button in arch.xpath("//header/button[@name='iap_enrich']"):
            button.set("data-more", "is_service_request")
        return arch, view
