from odoo import api, fields, models


class SercomSpokenConsent(models.TransientModel):
    _inherit = "sercom.spoken.consent"

    phone = fields.Char(
        "Telephone Called",
        help="Where the client said yes by telephone. Source: Consumer Protection Act "
        "(CQLR, c. P-40.1), s. 172.",
    )
    is_appliance_estimate = fields.Boolean(related="order_id.is_appliance_estimate")

    @api.model
    def _get_writable_fields(self):
        own = super()._get_writable_fields()
        return {group: names | {"phone"} for group, names in own.items()}

    def action_apply(self):
        # sudo: nobody writes by hand what was consented to
        self.order_id.sudo().consent_phone = self.phone
        return super().action_apply()
