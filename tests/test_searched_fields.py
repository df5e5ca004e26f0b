from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SercomCommon

# What the search method of a field takes, by the field's type.
CONDITIONS = {
    "boolean": ("in", [True]),
    "char": ("ilike", "a"),
    "selection": ("in", ["planned"]),
    "many2one": ("in", [1]),
    "one2many": ("in", [1]),
    "many2many": ("in", [1]),
    "float": (">", 0),
    "integer": (">", 0),
    "monetary": (">", 0),
}


@tagged("post_install", "-at_install")
class TestSearchedFields(SercomCommon):
    """Who may not read a figure does not search by it: Odoo asks nobody there."""

    def _get_fields(self):
        for Model in self.env.registry.values():
            for field in Model._fields.values():
                is_ours = any(module.startswith("sercom") for module in field._modules)
                if is_ours and field.groups and field.search and not field.related:
                    yield field

    def test_who_does_not_read_does_not_search(self):
        answers = {}
        for field in self._get_fields():
            for role, user in self.users.items():
                Model = self.env[field.model_name].with_user(user)
                if not Model._has_field_access(field, "read") and Model.has_access("read"):
                    answers[f"{field}: {role}"] = self._is_refused(Model, field)
        self.assertTrue(answers)
        self.assertFalse([name for name, is_refused in answers.items() if not is_refused])

    def _is_refused(self, Model, field):
        try:
            Model.search([(field.name, *CONDITIONS[field.type])], limit=1)
        except AccessError:
            return True
        return False
