import base64
import binascii
import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.mimetypes import guess_mimetype

from ...tools.field_access import OFFICE, SALES, TECHNICIAN, merge_fields

# By their content: what else a browser would show may hold a script.
IMAGE_TYPES = {"image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp"}
FILE_NAME = re.compile(r"\.(jpe?g|png|webp|gif|bmp|hei[cf]|tiff?)$", re.IGNORECASE)
MAX_MEGABYTES = 25  # of a file; it is scaled down once it is read


class SercomPhoto(models.Model):
    _name = "sercom.photo"
    _description = "Photo"
    _inherit = ["image.mixin", "sercom.evidence.mixin"]
    _order = "date_taken, id"

    name = fields.Char("Caption")
    image_1920 = fields.Image("Photo", required=True)
    moment = fields.Selection(
        [("before", "Before"), ("during", "During"), ("after", "After")],
        default="before",
        required=True,
        help="When the photo was taken, against the work.",
    )
    date_taken = fields.Datetime("Taken On", default=fields.Datetime.now, required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Taken By",
        default=lambda self: self.env.user,
        copy=False,
        index="btree_not_null",
    )

    @api.model
    def _get_writable_fields(self):
        told = {"name", "image_1920", "moment"}
        return merge_fields(
            super()._get_writable_fields(), dict.fromkeys((TECHNICIAN, OFFICE, SALES), told)
        )

    @api.model
    def _get_creatable_fields(self):
        # A phone that was without network says when; who is the user.
        return merge_fields(
            super()._get_creatable_fields(),
            dict.fromkeys((TECHNICIAN, OFFICE, SALES), {"date_taken"}),
        )

    @api.model
    def _prepare_create_values(self, vals_list):
        # Once the defaults of the context have had their say.
        vals_list = super()._prepare_create_values(vals_list)
        for vals in vals_list:
            self._check_image(vals)
        return vals_list

    def write(self, vals):
        if "image_1920" in vals:
            self._check_image(vals)
        return super().write(vals)

    def _get_caption(self):
        """What a person wrote of this one photo; nothing where it has the name of its file only."""
        self.ensure_one()
        name = (self.name or "").strip()
        return "" if FILE_NAME.search(name) else name

    def _check_image(self, vals):
        """Refuse what is no photo before Odoo stores it; nothing is none.

        Odoo lets through anything that begins with ``<``, as if it were a drawing. One without a
        picture would answer an item of a checklist, and no report could be printed of it.
        """
        content = vals.get("image_1920") or ""
        name = vals.get("name") or self[:1].name or self.env._("This file")
        if len(content) * 3 // 4 > MAX_MEGABYTES * 1024 * 1024:
            raise ValidationError(
                self.env._(
                    "%(name)s is too big: %(size)s MB, and %(max)s MB is the most. Take the "
                    "photo with fewer pixels, or scale it down.",
                    name=name,
                    size=len(content) * 3 // 4 // (1024 * 1024),
                    max=MAX_MEGABYTES,
                )
            )
        try:
            mimetype = guess_mimetype(base64.b64decode(content))
        except (binascii.Error, TypeError, ValueError):
            mimetype = ""
        if mimetype not in IMAGE_TYPES:
            raise ValidationError(
                self.env._(
                    "%s is not a photo. Choose a picture file, such as JPEG or PNG.",
                    name,
                )
            )

    @api.model
    def _create_from_attachments(self, attachments, **values):
        """Turn uploaded files into photos; the files are deleted.

        :param attachments: ``ir.attachment`` records
        :param values: values all the photos share, such as ``opportunity_id``
        :return: the photos
        :raises ValidationError: when one of the files is no photo
        """
        photos = self.create(
            [{"name": file.name, "image_1920": file.datas, **values} for file in attachments]
        )
        # Only what was uploaded for this; a file that lives elsewhere stays there.
        attachments.filtered(
            lambda file: not file.res_id and file.create_uid == self.env.user
        ).sudo().unlink()  # sudo: their own upload, which became a photo
        return photos

    @api.model
    def _create_each_from_attachments(self, attachments, **values):
        """Turn uploaded files into photos, each by itself.

        :return: ``(photos, refused)``, as ``_create_each`` does; the files refused are deleted too
        """
        answer = self._create_each(
            [{"name": file.name, "image_1920": file.datas, **values} for file in attachments]
        )
        attachments.filtered(
            lambda file: not file.res_id and file.create_uid == self.env.user
        ).sudo().unlink()  # sudo: their own upload, which became a photo
        return answer

    @api.model
    def _create_each(self, vals_list):
        """Make photos of what is a photo, and tell of what is none.

        :return: ``(photos, refused)``; why each of the others was refused, in words
        """
        photos, refused = self.browse(), []
        for vals in vals_list:
            try:
                with self.env.cr.savepoint():
                    photos |= self.create(vals)
            except UserError as error:  # noqa: PERF203 - each file fails alone
                reason = str(error)
                name = vals.get("name") or self.env._("This file")
                refused.append(reason if name in reason else f"{name}: {reason}")
        return photos, refused
