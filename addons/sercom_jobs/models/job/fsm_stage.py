from odoo import fields, models

JOB_STATES = [
    ("to_plan", "To Plan"),
    ("planned", "Planned"),
    ("in_progress", "In Progress"),
    ("done", "Done"),
    ("cancelled", "Cancelled"),
]


class FsmStage(models.Model):
    _inherit = "fsm.stage"

    # A stage serves every company unless somebody says otherwise.
    company_id = fields.Many2one(default=False)
    job_state = fields.Selection(
        JOB_STATES,
        required=True,
        default="to_plan",
        help="Point of the job's life that this stage stands for. Several stages may share it.",
    )
