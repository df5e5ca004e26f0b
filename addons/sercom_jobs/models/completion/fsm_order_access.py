from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import OFFICE, TECHNICIAN, merge_fields

from .fsm_order_checklist import CHECKLIST_FIELDS

SIGNATURE_FIELDS = {"is_signature_required", "signature_rule"}


class FsmOrder(models.Model):
    """Completion: the people on site tell what they did; the office says what is asked of them."""

    _inherit = "fsm.order"

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            {
                TECHNICIAN: {
                    "advice_note",
                    "check_ids",
                    "found_note",
                    "next_visit_date",
                    "next_visit_note",
                    "photo_after_ids",
                    "photo_before_ids",
                    "photo_during_ids",
                    "signature",
                    "signed_by",
                    "work_note",
                },
                OFFICE: {"checklist_ids", *SIGNATURE_FIELDS},
            },
        )

    def _get_field_refusal(self, field):
        job = self._get_told_name()
        if self and field.name in CHECKLIST_FIELDS:
            return self.env._("Only the office chooses the checklists of %s. Call them.", job)
        if self and field.name in SIGNATURE_FIELDS:
            return self.env._("Only the office says whether the client signs %s. Call them.", job)
        if self and field.name == "incomplete_reason":
            return self._get_complete_without_refusal()
        return super()._get_field_refusal(field)
