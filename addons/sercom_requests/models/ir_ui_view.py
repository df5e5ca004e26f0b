from odoo import models


class IrUiView(models.Model):
    """What its reader may not write does not look as if they could.

    The client takes a closed field as read-only by itself, but not where a view says under which
    condition it is: that condition is for those who may write it.
    """

    _inherit = "ir.ui.view"

    def _postprocess_access_rights(self, tree):
        if not self.env.su:
            for view in tree.xpath("//*[@model_access_rights][not(self::field)]"):
                model = self.env[view.get("model_access_rights")]
                if hasattr(model, "_get_own_writable_fields"):
                    self._close_fields(view, model)
        return super()._postprocess_access_rights(tree)

    def _close_fields(self, view, model):
        """Make the fields of one view that ``model`` closes to the user read-only."""
        for node in view.iterfind(".//field[@readonly]"):
            field = model._fields.get(node.get("name"))
            is_own = next(node.iterancestors("field"), view) in (view, view.getparent())
            if field and is_own and not model._has_field_access(field, "write"):
                node.set("readonly", "1")
