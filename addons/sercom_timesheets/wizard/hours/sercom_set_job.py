from odoo import fields, models


class SercomSetJob(models.TransientModel):
    """Say which job hours clocked without one are for."""

    _name = "sercom.set.job"
    _description = "Set the Job of Clock Entries"

    attendance_ids = fields.Many2many("hr.attendance", string="Clock Entries", required=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    fsm_order_id = fields.Many2one(
        "fsm.order",
        "Job",
        required=True,
        domain="[('state', '!=', 'cancelled'), ('company_id', '=', company_id)]",
    )

    def action_apply(self):
        self.ensure_one()
        return self.attendance_ids.action_set_job(self.fsm_order_id.id)
