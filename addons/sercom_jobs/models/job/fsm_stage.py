from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import MANAGER, merge_fields

JOB_STATES = [
    ("to_plan", "To Plan"),
    ("planned", "Planned"),
    ("in_progress", "In Progress"),
    ("done", "Done"),
    ("cancelled", "Cancelled"),
]


class FsmStage(models.Model):
    _name = "fsm.stage"
    _inherit = ["fsm.stage", "sercom.field.access.mixin"]
    _field_access_scope = "sercom"

    # A stage serves every company unless somebody says otherwise.
    company_id = fields.Many2one(default=False)
    job_state = fields.Selection(
        JOB_STATES,
        required=True,
        default="to_plan",
        help="Point of the job's life that this stage stands for. Several stages may share it.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {MANAGER: {"job_state"}})
