from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import OFFICE, TECHNICIAN, merge_fields


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
                OFFICE: {"checklist_ids", "is_signature_required", "signature_rule"},
            },
        )
