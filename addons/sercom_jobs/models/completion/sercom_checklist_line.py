from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sercom_requests.tools.field_access import MANAGER, merge_fields

from .sercom_checklist_item_mixin import DEFINITION_FIELDS

PHOTOS_MAX = 50


class SercomChecklistLine(models.Model):
    """One item of a checklist, or the title of a section of it."""

    _name = "sercom.checklist.line"
    _description = "Checklist item"
    _inherit = ["sercom.checklist.item.mixin", "sercom.field.access.mixin"]
    _order = "checklist_id, sequence, id"

    checklist_id = fields.Many2one(
        "sercom.checklist", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="checklist_id.company_id", store=True)

    @api.model
    def _get_writable_fields(self):
        return merge_fields(
            super()._get_writable_fields(), {MANAGER: {*DEFINITION_FIELDS, "checklist_id"}}
        )

    @api.constrains("limit_kind", "number_min", "number_max", "photo_min")
    def _check_limits(self):
        for line in self:
            if line.limit_kind == "between" and line.number_min > line.number_max:
                raise ValidationError(
                    self.env._(
                        "“%s”: the lowest number is above the highest one. Swap them.", line.name
                    )
                )
            if not 1 <= line.photo_min <= PHOTOS_MAX:
                raise ValidationError(
                    self.env._(
                        "“%(item)s”: ask for 1 to %(most)s photos.",
                        item=line.name,
                        most=PHOTOS_MAX,
                    )
                )

    def _prepare_check_vals(self):
        """Values of the item that a job takes over from this one."""
        self.ensure_one()
        vals = {name: self[name] for name in DEFINITION_FIELDS}
        return {**vals, "checklist_id": self.checklist_id.id, "checklist_line_id": self.id}
