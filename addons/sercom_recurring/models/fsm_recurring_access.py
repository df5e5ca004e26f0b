from odoo import api, models

from odoo.addons.sercom_requests.tools.field_access import DISPATCHER, OFFICE, merge_fields

from .fsm_recurring_rule import RULE_FIELDS


class FsmRecurring(models.Model):
    """Who may write what: the office what was agreed, a dispatcher also whether it runs.

    What Sercom notes by itself (what it was sold on, which visits failed, from when they are
    made, whether those made follow) is nobody's to write.
    """

    _inherit = "fsm.recurring"

    @api.model
    def _get_writable_fields(self):
        lists = super()._get_writable_fields()
        office = {
            *RULE_FIELDS,
            "billing_mode",
            "billing_period",
            "company_id",
            "confirm_visits",
            "date_first",
            "date_last",
            "description",
            "end_date",
            "equipment_ids",
            "fsm_order_template_id",
            "fsm_recurring_template_id",
            "line_ids",
            "location_id",
            "max_orders",
            "name",
            "partner_id",
            "person_id",
            "person_ids",
            "schedule_days",
            "scheduled_duration",
            "service_file_id",
            "skip_ids",
            "start_date",
            "start_hour",
            "team_id",
            "user_id",
        }
        return merge_fields(lists, {OFFICE: office, DISPATCHER: {"state"}})
