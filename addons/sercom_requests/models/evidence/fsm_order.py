from odoo import api, fields, models

from ...tools.field_access import TECHNICIAN, merge_fields


class FsmOrder(models.Model):
    """What was seen on the job, and in its file before it."""

    _inherit = "fsm.order"

    photo_ids = fields.One2many("sercom.photo", "fsm_order_id", string="Photos")
    measurement_ids = fields.One2many("sercom.measurement", "fsm_order_id", string="Measurements")
    file_photo_ids = fields.One2many(
        string="Photos of the File", related="service_file_id.photo_ids"
    )
    file_measurement_ids = fields.One2many(
        string="Measurements of the File", related="service_file_id.measurement_ids"
    )

    @api.model
    def _get_writable_fields(self):
        own = {"photo_ids", "measurement_ids"}
        return merge_fields(super()._get_writable_fields(), {TECHNICIAN: own})
