from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER, OFFICE, merge_fields


class FsmOrder(models.Model):
    """Planning: how many people and what they know is the office's; who comes, a dispatcher's."""

    _inherit = "fsm.order"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            {OFFICE: {"people_count", "skill_ids"}, DISPATCHER: {"assignment_ids"}},
        )
