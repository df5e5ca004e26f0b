from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import MANAGER, merge_fields


class FsmTemplate(models.Model):
    _name = "fsm.template"
    _inherit = ["fsm.template", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    checklist_ids = fields.Many2many(
        "sercom.checklist",
        "sercom_checklist_fsm_template_rel",
        "fsm_template_id",
        "checklist_id",
        string="Checklists",
        check_company=True,
        help="Checklists that a job made with this template gets.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {MANAGER: {"checklist_ids"}})
