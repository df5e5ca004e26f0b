from odoo import fields, models


class SercomCall(models.TransientModel):
    """What a client asks for on the web becomes a request as what they ask for by phone."""

    _inherit = "sercom.call"

    is_web = fields.Boolean(
        "Asked on the Web", readonly=True, help="The client typed it, not the office."
    )

    def _prepare_caller_vals(self, client, name):
        # Who calls for somebody else may be a tenant, who is not shown what the client pays.
        return {**super()._prepare_caller_vals(client, name), "is_site_contact": True}

    def _prepare_request_vals(self, client):
        vals = super()._prepare_request_vals(client)
        if self.is_web:
            medium = self.env.ref("utm.utm_medium_website", raise_if_not_found=False)
            # Nobody has taken it on yet.
            vals |= {"medium_id": medium.id if medium else False, "user_id": False}
            if "iap_enrich_done" in self.env["crm.lead"]._fields:
                # Visitors agreed that the firm keeps their data, not that others are asked.
                vals["iap_enrich_done"] = True
        return vals
