from lxml import etree

from odoo import api, models
from odoo.exceptions import AccessError

TECHNICIAN_ROLE = "sercom_jobs.sercom_jobs_group_technician"
# In a field's ``groups`` it keeps technicians out of reads, exports, searches and groupings.
COST_GROUPS = f"base.group_user,!{TECHNICIAN_ROLE}"


class SercomCostMixin(models.AbstractModel):
    """A model with costs that technicians must not see.

    How to use: redefine a cost of a module Sercom depends on with ``groups=COST_GROUPS``; name
    in ``_cost_fields`` those of modules that may be there or not, such as ``sale_margin``.
    """

    _name = "sercom.cost.mixin"
    _description = "Record with costs"
    _cost_fields = frozenset()

    @api.model
    def _has_field_access(self, field, operation):
        if self.env.su:
            return True
        return super()._has_field_access(field, operation) and (
            field.name not in self._cost_fields or not self.env.user.has_group(TECHNICIAN_ROLE)
        )

    @api.model
    def get_view(self, view_id=None, view_type="form", **options):
        # Odoo takes a field off the views of those who may not read it, then adds it again,
        # hidden, where another one's context needs it: their screen would not open.
        view = super().get_view(view_id, view_type, **options)
        if self.env.user.has_group(TECHNICIAN_ROLE):
            view["arch"] = self._strip_costs(view["arch"])
        return view

    def _strip_costs(self, arch):
        """Take the model's own fields that this user may not read off a view's arch."""
        root = etree.fromstring(arch)
        for node in root.xpath("//field[not(ancestor::field)]"):
            field = self._fields.get(node.get("name"))
            if field and not self._has_field_access(field, "read"):
                node.getparent().remove(node)
        return etree.tostring(root, encoding="unicode")

    @api.model
    def _check_field_access(self, field, operation):
        if self.env.su:
            return None
        # Odoo's message lists the field's groups, and fails on one that begins with "!".
        if f"!{TECHNICIAN_ROLE}" in (field.groups or "") and not self._has_field_access(
            field, operation
        ):
            raise AccessError(
                self.env._("«%s» is not for technicians. Ask the office.", field.string)
            )
        return super()._check_field_access(field, operation)
