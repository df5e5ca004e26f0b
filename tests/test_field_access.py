import re
from pathlib import Path

from odoo import fields
from odoo.exceptions import AccessError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ROLES, SercomCommon

DOCUMENT = Path(__file__).parents[1] / "docs" / "fields.md"
COLUMNS = ("internal", *ROLES)
MIXIN = "sercom.field.access.mixin"
# Their creation does other things before Odoo looks at the fields: an employee's needs a resource,
# and of a proposal the evidence is written by Sercom, whatever is sent (test_closed_fields.py).
ASKED_ONLY = {"hr.employee", "sercom.clock.correction"}
# Each of its fields is one of the company, and written there.
EXEMPT = {"res.config.settings"}


@tagged("post_install", "-at_install")
class TestFieldAccess(SercomCommon):
    """docs/fields.md says who writes which field: every field, role and road is tried."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A job, its order, file, checklist …, so that most models have a record to write.
        cls.checklist = cls.env["sercom.checklist"].create(
            {"name": "Checklist", "line_ids": [fields.Command.create({"name": "Gas shut off"})]}
        )
        cls.job = cls._create_billable_job(
            person_id=cls.worker.id, checklist_ids=[fields.Command.set(cls.checklist.ids)]
        )
        cls.request = cls._create_request()
        cls.env["sercom.measurement"].create({"name": "Width", "fsm_order_id": cls.job.id})
        cls.env["calendar.event"].create(
            {"name": "Visit", "fsm_order_id": cls.job.id, "start": cls.start, "stop": cls.start}
        )
        cls.env["sercom.sla.policy"].create({"name": "Gold"})
        cls.env["sercom.sla.pause"].create({"fsm_order_id": cls.job.id})

    def _is_ours(self, field):
        modules = field._modules
        return bool(modules) and all(module.startswith("sercom") for module in modules)

    def _get_models(self):
        """Models that Sercom brings, or has fields on: ``{model: its fields a user may send}``."""
        found = {}
        for name, Model in self.env.registry.items():
            if Model._abstract or not Model._auto or name in EXEMPT:
                continue
            sent = [
                field
                for field in Model._fields.values()
                if (field.store or field.inverse)
                and not field.inherited
                and field.name not in MAGIC_COLUMNS
            ]
            whole = name.startswith("sercom.") or name == "fsm.order"
            names = {field.name for field in sent if whole or self._is_ours(field)}
            if names:
                found[name] = names
        return found

    def _read_page(self):
        """Rows of the page: ``{(model, field): letters of each role}``."""
        rows = {}
        for line in DOCUMENT.read_text().splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if len(cells) != len(COLUMNS) + 2:
                continue
            model = re.fullmatch(r"`([a-z_.]+)`", cells[0])
            for name in re.findall(r"`(\w+)`", cells[1]) if model else ():
                rows[model[1], name] = tuple(cells[2:])
        return rows

    def _get_letters(self, model, name, role):
        """W: written; C: given to a new record only; –: neither."""
        Model = self.env[model].with_user(self.users[role])
        field = Model._fields[name]
        if Model.has_access("write") and Model.browse(1)._has_field_access(field, "write"):
            return "W"
        if Model.has_access("create") and Model._has_field_access(field, "write"):
            return "C"
        return "–"

    def _get_rows(self):
        """What is so: as ``_read_page``, without the fields that nobody writes."""
        rows = {}
        for model, names in self._get_models().items():
            for name in names:
                letters = tuple(self._get_letters(model, name, role) for role in COLUMNS)
                if set(letters) != {"–"}:
                    rows[model, name] = letters
        return rows

    def _print_rows(self, rows):
        """Rows of the page, those of a model that are alike in one."""
        alike = {}
        for (model, name), letters in sorted(rows.items()):
            alike.setdefault((model, letters), []).append(f"`{name}`")
        return "\n".join(
            f"| `{model}` | {', '.join(names)} | {' | '.join(letters)} |"
            for (model, letters), names in sorted(alike.items())
        )

    def test_every_model_has_its_list(self):
        without = {model for model in self._get_models() if not self._has_list(model)}
        self.assertFalse(without)

    def _has_list(self, model):
        return isinstance(self.env[model], self.env.registry[MIXIN])

    def test_the_page_says_who_writes_each_field(self):
        rows, page = self._get_rows(), self._read_page()
        wrong = {key: letters for key, letters in rows.items() if page.get(key) != letters}
        gone = page.keys() - rows.keys()
        self.assertFalse(
            wrong or gone,
            f"docs/fields.md should say:\n{self._print_rows(rows)}\nwrong: {wrong}\ngone: {gone}",
        )

    def test_what_is_not_on_the_page_is_refused(self):
        """By create, by a default of the context and by write, to every role."""
        page = self._read_page()
        nobody = ("–",) * len(COLUMNS)
        opened = []
        for model, names in self._get_models().items():
            record = self.env[model].sudo().search([], limit=1)
            for name in names:
                for role, letter in zip(COLUMNS, page.get((model, name), nobody), strict=True):
                    if letter != "W":
                        roads = self._find_roads(record, name, role, letter)
                        opened += [f"{model}.{name} by {road} as {role}" for road in roads]
        self.assertFalse(opened, "\n".join(opened))

    def test_a_duplicate_carries_no_closed_field(self):
        """Whoever makes records duplicates them."""
        closed = []
        for model in self._get_models():
            record = self.env[model].sudo().search([], limit=1)
            for role in COLUMNS:
                own = record.with_user(self.users[role])
                if not own or own._transient or not own.has_access("create"):
                    continue
                try:
                    names = own.copy_data()[0]
                except AccessError:  # who does not read it all does not duplicate it
                    continue
                closed += [
                    f"{model}.{name} as {role}"
                    for name in names
                    if not own.browse()._has_field_access(own._fields[name], "write")
                ]
        self.assertFalse(closed, "\n".join(closed))

    def _find_roads(self, record, name, role, letter):
        """Roads by which this role gives the field a value, of those it must not."""
        Model = record.browse().with_user(self.users[role])
        roads = {"write": lambda: record.with_user(self.users[role]).write({name: False})}
        if letter == "–":
            roads["create"] = lambda: Model.create({name: False})
            roads["default"] = lambda: Model.with_context(**{f"default_{name}": False}).create({})
        if Model._name in ASKED_ONLY:
            if letter == "–" and Model._has_field_access(Model._fields[name], "write"):
                yield "create"
            roads = {"write": roads["write"]}
        for road, take in roads.items():
            if road == "write" and not record:
                continue
            if not self._is_refused(take):
                yield road

    def _is_refused(self, take):
        """Whether ``take`` is refused; another error means that the value got through."""
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                take()
        except AccessError:
            return True
        except Exception:  # noqa: BLE001 - whatever comes after the value got through
            return False
        return False

    def test_no_field_is_open_to_a_client(self):
        for model, names in self._get_models().items():
            Model = self.env[model].with_user(self.users["portal"])
            for name in names:
                self.assertFalse(
                    Model._has_field_access(Model._fields[name], "write"), f"{model}.{name}"
                )

    def test_a_dialog_is_its_users_own(self):
        """Odoo keeps the dialogs of people apart no more: each of Sercom's has its rule."""
        rules = self.env["ir.rule"].search([("groups", "=", False)])
        own = rules.filtered(lambda rule: "create_uid" in rule.domain_force)
        dialogs = {
            name
            for name, Model in self.env.registry.items()
            if Model._transient and name.startswith("sercom.")
        } | {"fsm.order.sign.wizard"}
        self.assertFalse(dialogs - set(own.model_id.mapped("model")))
