from odoo import api, fields, models

from ...tools.actions import window_action
from ...tools.field_access import OFFICE, SALES, merge_fields


class SercomServiceFileMerge(models.TransientModel):
    _name = "sercom.service.file.merge"
    _description = "Merge service files"
    _inherit = "sercom.field.access.mixin"

    service_file_ids = fields.Many2many(
        "sercom.service.file", default=lambda self: self.env.context.get("active_ids")
    )
    target_id = fields.Many2one(
        "sercom.service.file",
        string="Keep",
        required=True,
        compute="_compute_target_id",
        store=True,
        precompute=True,
        readonly=False,
        domain="[('id', 'in', service_file_ids)]",
        help="Everything in the other files moves to this one; they are then archived.",
    )

    @api.depends("service_file_ids")
    def _compute_target_id(self):
        for wizard in self:
            wizard.target_id = wizard.service_file_ids._origin.sorted("id")[:1]

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            dict.fromkeys((OFFICE, SALES), {"service_file_ids", "target_id"}),
        )

    def action_merge(self):
        """Merge the selected files into the one kept, and open it."""
        self.ensure_one()
        (self.service_file_ids | self.target_id).check_access("write")
        self.service_file_ids._merge_into(self.target_id)
        return window_action(self.target_id)
