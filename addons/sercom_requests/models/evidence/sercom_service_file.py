from odoo import api, fields, models

from ...tools.field_access import OFFICE, SALES, merge_fields


class SercomServiceFile(models.Model):
    """What was seen on site, kept in the file; photos are on its time line."""

    _inherit = "sercom.service.file"

    photo_ids = fields.One2many("sercom.photo", "service_file_id", string="Photos")
    measurement_ids = fields.One2many(
        "sercom.measurement", "service_file_id", string="Measurements"
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(),
            dict.fromkeys((OFFICE, SALES), {"measurement_ids", "photo_ids"}),
        )

    @api.depends("photo_ids.moment", "photo_ids.name")
    def _compute_timeline(self):
        return super()._compute_timeline()

    def _get_timeline_sources(self):
        photos = self._get_timeline_records("sercom.photo")
        return [*super()._get_timeline_sources(), (photos, self._get_photo_entries)]

    def _get_photo_entries(self, photo):
        return [
            self._prepare_timeline_entry(
                photo,
                "photo",
                photo.date_taken,
                photo.name or self.env._("Photo"),
                state=self._get_selection_label(photo, "moment"),
                who=photo.user_id.name or "",
                image=f"/web/image/sercom.photo/{photo.id}/image_256",
            )
        ]
