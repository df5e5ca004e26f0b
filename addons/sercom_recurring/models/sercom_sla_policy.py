from odoo import fields, models


class SercomSlaPolicy(models.Model):
    _inherit = "sercom.sla.policy"

    is_recurring = fields.Boolean(
        "Recurring Jobs", help="Only for the visits of a recurring job, such as maintenance."
    )

    def _get_kinds(self):
        kinds = super()._get_kinds()
        return kinds | {"recurring"} if self.is_recurring else kinds
