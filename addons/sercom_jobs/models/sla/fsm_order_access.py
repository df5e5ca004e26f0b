from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER, merge_fields


class FsmOrder(models.Model):
    """Service level: a dispatcher chooses it, and when its clock starts and stands still."""

    _inherit = "fsm.order"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            {DISPATCHER: {"sla_pause_ids", "sla_policy_id", "sla_start"}},
        )

    def _get_field_refusal(self, field):
        is_level = field.name.startswith("sla_") or field.name == "is_waiting_for_client"
        if self and is_level and not self.env.user.has_group(DISPATCHER):
            return self._get_sla_refusal()
        return super()._get_field_refusal(field)
