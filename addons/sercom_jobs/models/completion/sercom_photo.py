from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sercom_requests.tools.field_access import TECHNICIAN, merge_fields


class SercomPhoto(models.Model):
    """A photo may answer an item of a job's checklist."""

    _inherit = "sercom.photo"

    check_id = fields.Many2one(
        "sercom.job.check",
        string="Checklist Item",
        index="btree_not_null",
        ondelete="set null",
        help="Item of the job's checklist that the photo answers.",
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {TECHNICIAN: {"check_id"}})

    @api.model_create_multi
    def create(self, vals_list):
        checks = self._get_answered_checks(vals_list)
        for vals in vals_list:
            if vals.get("check_id") and not vals.get("fsm_order_id"):
                # sudo: the item says its job; the photo itself is checked below
                vals["fsm_order_id"] = checks.browse(vals["check_id"]).sudo().fsm_order_id.id
        photos = super().create(vals_list)
        checks._note_photos()
        return photos

    def write(self, vals):
        if "check_id" not in vals:
            return super().write(vals)
        self.check_id._check_can_answer()  # taking its photo away changes an answer too
        checks = self._get_answered_checks([vals]) | self.check_id
        res = super().write(vals)
        checks._note_photos()
        return res

    def unlink(self):
        checks = self.check_id
        res = super().unlink()
        checks._note_photos()
        return res

    @api.model
    def _get_answered_checks(self, vals_list):
        """Items that photos with these values answer.

        :raises UserError: when the user may not answer one of them
        """
        ids = {vals["check_id"] for vals in vals_list if vals.get("check_id")}
        checks = self.env["sercom.job.check"].browse(ids)
        if checks:
            checks.check_access("write")
            checks._check_can_answer()
        return checks

    @api.constrains("check_id", "fsm_order_id")
    def _check_same_job(self):
        for photo in self.sudo():  # sudo: what does not agree is refused, whoever reads it
            if photo.check_id and photo.fsm_order_id != photo.check_id.fsm_order_id:
                raise ValidationError(
                    self.env._(
                        "The photo of “%(item)s” must be a photo of the job %(job)s.",
                        item=photo.check_id.name,
                        job=photo.check_id.fsm_order_id.name,
                    )
                )
