import re
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ROLES
from .field_walk import (
    FieldWalk,
    get_definitions,
    get_extended_models,
    get_sent_fields,
    is_sercom,
    is_sercom_field,
)
from .flows import TwoFlowsCommon

DOCUMENT = Path(__file__).parents[1] / "docs" / "fields.md"
OUTSIDERS = ("internal", "technician", "portal", "public")
OFFICE = tuple(role for role in ROLES if role != "technician")
# Models that Sercom does not extend, and that its planning, costs or files count on.
JUDGED = {
    *("fsm.location.person", "fsm.order.type", "hr.employee.skill", "hr.leave", "hr.resume.line"),
    *("mail.notification", "project.task", "stock.move.line"),
}
# Of these, people write their own record without a right to: Odoo lists the fields in the code.
SELF_WRITTEN = {"res.users"}
# Kinds of records that are told apart, as ``model:kind`` on the page.
KINDS = {
    "calendar.event": {
        "calendar.event": [("service_file_id", "=", False)],
        "calendar.event:visit": [("service_file_id", "!=", False)],
    }
}
SAMPLES = 2  # of each kind of record, the newest


def read_section(title):
    """Rows of the tables below a heading of the page: lists of cells."""
    _before, found, rest = DOCUMENT.read_text().partition(f"\n## {title}\n")
    lines = rest.split("\n## ")[0].splitlines() if found else []
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]


def read_fields(title):
    """Rows of a table with models and fields: ``{(model, field): cells}``."""
    rows = {}
    for cells in read_section(title):
        if model := re.fullmatch(r"`([a-z_.:]+)`", cells[0]):
            for name in re.findall(r"`(\w+)`", cells[1]):
                rows[model[1], name] = tuple(cells[2:])
    return rows


def print_fields(rows):
    """Rows of a table, those of a model that are alike in one."""
    alike = {}
    for (model, name), letters in sorted(rows.items()):
        alike.setdefault((model, letters), []).append(f"`{name}`")
    return "\n".join(
        f"| `{model}` | {', '.join(names)} | {' | '.join(letters)} |"
        for (model, letters), names in sorted(alike.items())
    )


class OdooFieldsCommon(TwoFlowsCommon):
    def _get_kept_models(self):
        """Stored models that are no dialogs, and none of Sercom."""
        return sorted(
            name
            for name in self.stored
            if not name.startswith("sercom.") and not self.env[name]._transient
        )

    def _is_judged(self, name):
        return name in self.extended or name in JUDGED

    def _is_whole(self, name):
        """Whether all fields of the model are on Sercom's own list, the first of the page."""
        return getattr(self.env[name], "_field_access_scope", None) == "all"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.extended = get_extended_models(cls.env.registry)

    def _assert_page(self, title, rows, page):
        wrong = {key: cells for key, cells in rows.items() if page.get(key) != cells}
        gone = page.keys() - rows.keys()
        self.assertFalse(
            wrong or gone,
            f"“{title}” of docs/fields.md should say:\n{print_fields(rows)}\n"
            f"wrong: {wrong}\ngone: {gone}",
        )


@tagged("post_install", "-at_install")
class TestOdooModels(OdooFieldsCommon):
    """docs/fields.md says which models of Odoo and OCA are written from outside the office."""

    def test_the_page_names_each_model(self):
        title = "Other models of Odoo"
        page = {cells[0].strip("`"): tuple(cells[1:]) for cells in read_section(title)}
        rows = {}
        for name in self._get_kept_models():
            if self._is_judged(name):
                continue
            letters = tuple(self._get_letters(name, role) for role in OUTSIDERS)
            if set(letters) != {"–"}:
                rows[name] = letters
        page = {name: cells for name, cells in page.items() if name in self.env.registry}
        lines = "\n".join(f"| `{name}` | {' | '.join(cells)} |" for name, cells in rows.items())
        self.assertEqual(rows, page, f"“{title}” of docs/fields.md should say:\n{lines}")

    def _get_letters(self, name, role):
        Model = self.env[name].with_user(self.users[role])
        letters = {"W": "write", "C": "create", "D": "unlink"}
        return "".join(key for key, what in letters.items() if Model.has_access(what)) or "–"

    def test_the_page_says_what_is_closed_to_the_office(self):
        """Fields that Odoo opens to a role, and Sercom does not."""
        title = "What Sercom closes to the office"
        rows = {}
        for name in self.extended:
            Model = self.env[name]
            if Model._transient or self._is_whole(name):
                continue
            for field in get_sent_fields(Model):
                if is_sercom_field(field) or field.inherited:
                    continue
                letters = tuple(self._get_closed(name, field, role) for role in OFFICE)
                if set(letters) != {"–"}:
                    rows[name, field.name] = letters
        self._assert_page(title, rows, read_fields(title))

    def test_the_page_says_what_is_opened_to_the_office(self):
        """Models of Odoo and OCA that a role writes by a right that Sercom gives."""
        title = "What Sercom opens to the office"
        page = {cells[0].strip("`"): tuple(cells[2:]) for cells in read_section(title)[2:]}
        rows = {}
        for name in self._get_kept_models():
            letters = tuple(self._get_widened(name, role) for role in OFFICE)
            if set(letters) != {"–"}:
                rows[name] = letters
        lines = "\n".join(f"| `{name}` | | {' | '.join(cells)} |" for name, cells in rows.items())
        self.assertEqual(rows, page, f"“{title}” of docs/fields.md should say:\n{lines}")

    def _get_widened(self, name, role):
        """Letters of what the role may do of a model, and not by the rows of Odoo and OCA."""
        user = self.users[role]
        rows = self.env["ir.model.access"].search([("model_id.model", "=", name)])
        rows = rows.filtered(lambda row: not row.group_id or row.group_id in user.all_group_ids)
        theirs = rows.filtered(lambda row: not row.get_external_id()[row.id].startswith("sercom"))
        letters = {"W": "perm_write", "C": "perm_create", "D": "perm_unlink"}
        return (
            "".join(
                letter
                for letter, perm in letters.items()
                if any(rows.mapped(perm)) and not any(theirs.mapped(perm))
            )
            or "–"
        )

    def test_no_field_of_odoo_is_opened(self):
        """Sercom takes no field of Odoo or OCA from the groups that it is kept for."""
        opened = []
        for name in self.extended:
            groups = {}  # as the definitions of modules give them, one after the other
            for definition in reversed(get_definitions(self.env.registry[name])):
                for field in definition._field_definitions:
                    before = groups.get(field.name)
                    given = self._split_groups((field._args__ or {}).get("groups"), before)
                    if is_sercom(definition._module) and before and not (given and given <= before):
                        opened.append(f"{name}.{field.name}: {given}, not {before}")
                    groups[field.name] = given
        self.assertFalse(opened)

    def _split_groups(self, text, before):
        """Groups that ``text`` names, without those that it keeps out; ``before`` for no text."""
        if text is None:
            return before
        return {group for group in text.split(",") if group and not group.startswith("!")}

    def _get_closed(self, name, field, role):
        Model = self.env[name].with_user(self.users[role])
        if not Model.has_access("write"):
            return "–"
        is_odoos = not field.groups or self.users[role].has_groups(field.groups)
        return "X" if is_odoos and not Model.browse(1)._has_field_access(field, "write") else "–"


@tagged("post_install", "-at_install", "slow")
class TestOdooFields(OdooFieldsCommon):
    """docs/fields.md says which fields of Odoo and OCA people outside the office write."""

    def test_the_page_says_who_writes_each_field(self):
        title = "Fields of Odoo and OCA outside the office"
        rows = {}
        for name in self._get_kept_models():
            if not self._is_judged(name) or self._is_whole(name):
                continue
            for kind, domain in KINDS.get(name, {name: []}).items():
                opened = [self._get_opened(name, role, domain) for role in OUTSIDERS]
                for field in set().union(*opened):
                    rows[kind, field] = tuple(letters.get(field, "–") for letters in opened)
        self._assert_page(title, rows, read_fields(title))

    def _get_opened(self, name, role, domain):
        """``{field: letters}``: what the role writes of their own records, and of others'."""
        user, Model = self.users[role], self.env[name]
        may_write = Model.with_user(user).has_access("write")
        if not may_write and name not in SELF_WRITTEN:
            return {}
        try:
            what = "write" if may_write else "read"
            samples = self._get_samples(name, role, what, SAMPLES, domain)
        except AccessError:
            return {}
        fields = [field for field in get_sent_fields(Model) if not field.inherited]
        own, others = (self._walk(records, user, fields) for records in samples)
        return {field: "W" if field in others else "O" for field in own | others}

    def _walk(self, records, user, fields):
        opened = set()
        for record in records:
            left = [field for field in fields if field.name not in opened]
            opened |= FieldWalk(record, user).get_open_fields(left)
        return opened
