from odoo import fields, models


class FsmTemplate(models.Model):
    _inherit = "fsm.template"

    checklist_ids = fields.Many2many(
        "sercom.checklist",
        "sercom_checklist_fsm_template_rel",
        "fsm_template_id",
        "checklist_id",
        string="Checklists",
        check_company=True,
        help="Checklists that a job made with this template gets.",
    )
