import re
from pathlib import Path

from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged

from .common import SercomCommon

DOCUMENT = Path(__file__).parents[1] / "docs" / "copies.md"
# Each of its fields is one of the company, and written there.
EXEMPT = {"res.config.settings"}


@tagged("post_install", "-at_install")
class TestCopies(SercomCommon):
    """docs/copies.md says of each field whether a duplicate carries it: a new one is decided."""

    def _is_ours(self, field):
        """Whether Sercom brings or redefines this field."""
        return any(module.startswith("sercom") for module in field._modules)

    def _is_decided(self, field):
        """Whether somebody decides if it is copied: what is computed or related never is."""
        typed = not field.compute or not field.readonly
        return field.store and not field.related and not field.inherited and typed

    def _get_fields(self):
        """``{model: {field name: whether a duplicate carries it}}``"""
        found = {}
        for name, Model in self.env.registry.items():
            if Model._abstract or Model._transient or not Model._auto or name in EXEMPT:
                continue
            whole = name.startswith("sercom.") or name == "fsm.order"
            fields = {
                field.name: bool(field.copy)
                for field in Model._fields.values()
                if field.name not in MAGIC_COLUMNS
                and self._is_decided(field)
                and (whole or self._is_ours(field))
            }
            if fields:
                found[name] = fields
        return found

    def _read_page(self):
        """What the page says, as ``_get_fields``."""
        rows = {}
        for line in DOCUMENT.read_text().splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            model = re.fullmatch(r"`([a-z_.]+)`", cells[0])
            if len(cells) == 3 and model:
                for cell, is_copied in ((cells[1], True), (cells[2], False)):
                    for name in re.findall(r"`(\w+)`", cell):
                        rows.setdefault(model[1], {})[name] = is_copied
        return rows

    def _print_row(self, model, fields):
        kept, left = (
            ", ".join(f"`{name}`" for name in sorted(fields) if fields[name] == is_copied) or "–"
            for is_copied in (True, False)
        )
        return f"| `{model}` | {kept} | {left} |"

    def test_the_page_says_what_a_duplicate_carries(self):
        fields, page = self._get_fields(), self._read_page()
        wrong = [
            self._print_row(model, fields[model])
            for model in sorted(fields)
            if fields[model] != page.get(model)
        ]
        gone = page.keys() - fields.keys()
        self.assertFalse(
            wrong or gone,
            "docs/copies.md should say, once each is decided:\n" + "\n".join(wrong) + f"\n{gone}",
        )

    def test_no_link_to_what_came_of_it_is_carried(self):
        """Whatever the page says: a duplicate of a record of the flow is another need."""
        flow = {"crm.lead", "sale.order", "fsm.order", "account.move"}
        links = {"service_file_id", "opportunity_id", "sale_id", "sale_line_id", "fsm_order_id"}
        fields = self._get_fields()
        carried = [
            f"{model}.{name}"
            for model in flow
            for name, is_copied in fields[model].items()
            if is_copied and name in links
        ]
        self.assertFalse(carried)
