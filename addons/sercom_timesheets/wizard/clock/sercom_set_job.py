from odoo import api, fields, models

from ...models.clock.sercom_clock_correction import OFFICER


class SercomSetJob(models.TransientModel):
    """Say which job hours clocked without one are for."""

    _name = "sercom.set.job"
    _description = "Set the Job of Clock Entries"
    _inherit = ["sercom.field.access.mixin"]

    attendance_ids = fields.Many2many("hr.attendance", string="Clock Entries", required=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    fsm_order_id = fields.Many2one(
        "fsm.order",
        "Job",
        required=True,
        domain="[('state', '!=', 'cancelled'), ('company_id', '=', company_id)]",
    )

    @api.model
    def _get_writable_fields(self):
        own = {"attendance_ids", "company_id", "fsm_order_id"}
        return {**super()._get_writable_fields(), **dict.fromkeys((OFFICER,), own)}

    def action_apply(self):
        self.ensure_one()
        return self.attendance_ids.action_set_job(self.fsm_order_id.id)
