from odoo import api, fields, models

from odoo.addons.sercom_requests.tools.field_access import TECHNICIAN, merge_fields


class SercomPhotoUpload(models.TransientModel):
    """Several photos added to a job at once."""

    _name = "sercom.photo.upload"
    _description = "Add photos to a job"
    _inherit = "sercom.field.access.mixin"

    fsm_order_id = fields.Many2one(
        "fsm.order",
        string="Job",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    moment = fields.Selection(
        selection=lambda self: (
            self.env["sercom.photo"]._fields["moment"]._description_selection(self.env)
        ),
        default="during",
        required=True,
        help="When the photos were taken, against the work.",
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Photos", required=True)

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            {TECHNICIAN: {"attachment_ids", "fsm_order_id", "moment"}},
        )

    def action_add(self):
        """Make photos of the files; those that are none are told, and hold up no other."""
        self.ensure_one()
        files = self.attachment_ids
        _photos, refused = self.env["sercom.photo"]._create_each_from_attachments(
            files, fsm_order_id=self.fsm_order_id.id, moment=self.moment
        )
        reload = {"type": "ir.actions.client", "tag": "soft_reload"}
        if not refused:
            return reload
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("%s files were not added", len(refused)),
                "message": "\n".join(refused),
                "next": reload,
            },
        }
