"""What a user may write, measured: what tests of fields walk.

How it works: every field of a sample record is written with a value that it does not have, and
emptied, as the user, and taken back. What is not refused is open. So nobody has to know beforehand
by which list, rule or check a field is closed.
"""

from datetime import datetime, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS, MetaModel
from odoo.tools import mute_logger

from .common import PIXEL

QUIET = ("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_rule", "odoo.orm.models")


def is_definition(cls):
    """Tell whether a class is one of a module's, and not the registry's."""
    return isinstance(cls, MetaModel) and getattr(cls, "pool", None) is None


class TakenBack(Exception):
    """Ends a savepoint whose changes are not wanted."""


def get_extended_models(registry):
    """Names of the stored models of Odoo and OCA that a module of Sercom extends."""
    return {
        name
        for name, Model in registry.items()
        if not Model._abstract
        and Model._auto
        and not is_sercom(Model._original_module)
        and any(is_sercom(base._module) for base in get_definitions(Model))
    }


def is_sercom_field(field):
    """Whether a module of Sercom adds the field, and not Odoo or OCA."""
    return bool(field._modules) and all(is_sercom(module) for module in field._modules)


def get_definitions(Model):
    """Classes of modules that make up a model, the last to extend it first."""
    return [base for base in Model._base_classes__ if is_definition(base)]


def is_sercom(module):
    """Whether a module is Sercom's."""
    return (module or "").startswith("sercom")


def get_sent_fields(Model):
    """Fields of a model that a client may send and something comes of it."""
    return [
        field
        for field in Model._fields.values()
        if (field.store or field.inverse) and field.name not in MAGIC_COLUMNS
    ]


class FieldWalk:
    """Which fields of a record a user may write.

    :param record: a record with superuser's rights, whose other values are known
    :param user: ``res.users``
    """

    def __init__(self, record, user):
        self.record = record.sudo()
        self.own = record.with_user(user)
        self.env = record.env

    def get_open_fields(self, fields):
        """Names of those of ``fields`` whose writing is not refused."""
        return {
            field.name
            for field in fields
            if self.own._has_field_access(field, "write")
            and any(self._is_written(field, value) for value in self._get_values(field))
        }

    def _is_written(self, field, value):
        self.env.invalidate_all()
        try:
            with mute_logger(*QUIET), self.env.cr.savepoint():
                self.own.write({field.name: value})
                self.own.env.flush_all()
                raise TakenBack
        except (AccessError, UserError):
            return False
        except Exception:  # noqa: BLE001 - whatever comes after the value got through
            return True
        finally:
            self.env.invalidate_all(flush=False)

    def _get_values(self, field):
        """A value that the record does not have, and none."""
        value = self.record[field.name]
        if field.type in ("one2many", "many2many"):
            if other := self._find_other(field, value):
                yield [Command.link(other.id)]
            if value:
                yield [Command.clear()]
            return
        if field.type in ("date", "datetime"):
            # Before and after: one of them may be senseless beside another date.
            day = value or datetime(2026, 11, 3, 14)
            yield day + timedelta(days=1)
            yield day - timedelta(days=1)
        elif field.relational:
            if other := self._find_other(field, value):
                yield other.id
        elif (other := self._get_other_value(field, value)) is not None:
            yield other
        if value and not field.required:
            yield False

    def _find_other(self, field, value):
        """A record that the user reads, as far as there is one, that is not linked yet."""
        Model = self.env[field.comodel_name]
        domain = [("id", "not in", value.ids)]
        try:
            found = Model.with_user(self.own.env.user).search(domain, limit=1)
        except AccessError:
            found = Model.browse()
        return found.sudo() or Model.sudo().search(domain, limit=1)

    def _get_other_value(self, field, value):
        """Answer a value of the field that is not ``value``; ``None`` where none is known."""
        match field.type:
            case "boolean":
                return not value
            case "integer" | "float" | "monetary":
                return (value or 0) + 1
            case "selection":
                keys = [key for key, _name in field._description_selection(self.env)]
                return next((key for key in keys if key != value), None)
            case "binary" | "image":
                return PIXEL
            case "char" | "text" | "html":
                return f"{value or ''} 5"
        return None
