from odoo import fields, models


class FsmOrder(models.Model):
    """The job's photos by moment, and several of them at once."""

    _inherit = "fsm.order"

    photo_before_ids = fields.One2many(
        "sercom.photo", "fsm_order_id", string="Photos Before", domain=[("moment", "=", "before")]
    )
    photo_during_ids = fields.One2many(
        "sercom.photo", "fsm_order_id", string="Photos During", domain=[("moment", "=", "during")]
    )
    photo_after_ids = fields.One2many(
        "sercom.photo", "fsm_order_id", string="Photos After", domain=[("moment", "=", "after")]
    )

    def action_add_photos(self, files, moment="during"):
        """Add photos to this one job; a file that is none holds up no other.

        :param list files: dicts ``name`` and ``data`` (base64)
        :param str moment: before, during or after
        :return: dict ``photo_ids`` and ``refused`` (why, one text for each file refused)
        """
        self.ensure_one()
        self.check_access("write")
        photos, refused = self.env["sercom.photo"]._create_each(
            [
                {
                    "name": file.get("name"),
                    "image_1920": file.get("data"),
                    "fsm_order_id": self.id,
                    "moment": moment,
                }
                for file in files
            ]
        )
        return {"photo_ids": photos.ids, "refused": refused}
