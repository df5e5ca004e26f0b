from odoo import models
from odoo.exceptions import AccessError

# What says whose file it is.
PLACE_FIELDS = {"res_model", "res_id", "res_field"}


class IrAttachment(models.Model):
    """A file that is what a record tells is changed by way of that record alone.

    Odoo lets whoever may write a record write, replace and delete the file behind its photo or
    its signature directly, past what the record itself asks: who, when, of what kind, and whether
    it is over.
    """

    _inherit = "ir.attachment"

    def write(self, vals):
        res = super().write(vals)
        if not (self.env.su or PLACE_FIELDS.isdisjoint(vals)):
            self.check_access("write")  # of the place where it is now
        return res

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if operation == "read" or self.env.su or not self:
            return result
        forbidden, make_error = result or (self.browse(), None)
        kept = (self - forbidden)._get_kept_files(operation)
        if not kept:
            return result
        return forbidden | kept, make_error or kept._make_kept_error

    def _get_kept_files(self, operation):
        """Hook: those of these files that the user may not make, change or delete directly.

        :param str operation: create, write or unlink
        :return: files of the set
        """
        # sudo: what it belongs to, whoever may read that
        return self.filtered(lambda file: file.sudo()._is_content_of_record())

    def _is_content_of_record(self):
        """Whether this one file is the value of a field that has an allow-list."""
        Model = self.env.get(self.res_model) if self.res_field else None
        if not isinstance(Model, self.env.registry["sercom.field.access.mixin"]):
            return False
        field = Model._fields.get(self.res_field)
        return field is not None and Model._is_field_closed(field)

    def _make_kept_error(self):
        return AccessError(
            self.env._(
                "%s is kept as it is. Change it on its own record, or ask the office.",
                # sudo: its name is told to who tried to change it
                ", ".join(self.sudo().mapped("name")),
            )
        )
