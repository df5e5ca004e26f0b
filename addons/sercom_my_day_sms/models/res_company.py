from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    is_on_my_way_sms = fields.Boolean(
        "“On My Way” by Text Message",
        help="Clients with a phone number hear of who is on the way by text message. Each costs "
        "credits of Odoo's service.",
    )
