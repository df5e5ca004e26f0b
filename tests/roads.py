"""Every road by which a user may come to a figure: what tests of secrets walk.

How it works: ``Roads.walk()`` answers what a user observes: each number that they read, add up,
search by, sort by, group by or export, of each model and field, and by way of many2one fields.
A secret is kept when two databases that differ by the secret alone look alike to the user. So
nobody has to know beforehand which fields tell it.
"""

from collections import defaultdict

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

NUMBERS = ("float", "monetary")
TEXTS = ("char", "text", "html", "json", "properties", "selection")
TO_MANY = ("one2many", "many2many")
LIMIT = 30  # records of a model, the newest first
# What a refused or a senseless road raises.
REFUSED = (AccessError, UserError, ValueError, NotImplementedError, psycopg2.Error)


class Roads:
    """What one user may observe of the newest records of each model.

    :param env: the environment of the user
    :param models: names of the models to walk, by default all that have records
    """

    def __init__(self, env, models=None):
        self.env = env
        self.models = models or get_models(env)
        self._links = {}

    def get_readable_models(self):
        return [name for name in self.models if self.env[name].has_access("read")]

    def walk(self, targets=None):
        """Observe: ``{road: what was seen there}``; a road that is refused is not in it.

        :param targets: ``{model: {field: limits}}`` to come to also without reading them, and
            the numbers that a search tells apart from larger ones
        """
        seen = {}
        for name in self.get_readable_models():
            records = self._get_records(name)
            if records:
                seen |= self._read(records)
                seen |= self._add_up(records)
        for name, fields in (targets or {}).items():
            for field, limits in fields.items():
                seen |= self._come_to(name, field, limits)
        return seen

    def read_texts(self):
        """Every text that the user reads: ``(model, field, id, text)``."""
        for name in self.get_readable_models():
            records = self._get_records(name)
            names = [f for f in self._get_fields(records) if records._fields[f].type in TEXTS]
            for vals in self._read_values(records, names):
                for field in names:
                    if vals.get(field):
                        yield name, field, vals["id"], str(vals[field])

    def _get_records(self, name):
        model = self.env[name]
        records = self._try(lambda: model.search([], order="id desc", limit=LIMIT))
        return model.browse() if records is None else records

    def _get_fields(self, records, types=None):
        return [
            name
            for name, field in records._fields.items()
            if (types is None or field.type in types)
            and name != "id"
            and records._has_field_access(field, "read")
        ]

    def _read_values(self, records, names):
        """Read fields, one by one where together they fail."""
        found = self._try(lambda: records.read(names, load=None))
        if found is not None:
            return found
        vals = {record_id: {"id": record_id} for record_id in records.ids}
        for name in names:
            for row in self._try(lambda name=name: records.read([name], load=None)) or ():
                vals[row["id"]] |= row
        return list(vals.values())

    def _read(self, records):
        names = self._get_fields(records, NUMBERS)
        rows = self._read_values(records, names) if names else []
        return {
            ("read", records._name, name): [_plain(row.get(name)) for row in rows] for name in names
        }

    def _add_up(self, records):
        """Sums of all the records, those beyond the limit too."""
        names = [
            name
            for name in self._get_fields(records, NUMBERS)
            if records._fields[name].aggregator and records._fields[name].store
        ]
        seen = {}
        for name in names:
            model = records.browse()
            found = self._try(
                lambda model=model, name=name: model._read_group([], [], [f"{name}:sum"])
            )
            if found is not None:
                seen["sum", records._name, name] = _plain(found[0][0])
        return seen

    # Roads to a field that the user cannot, or need not, read

    def _come_to(self, name, field, limits):
        """Search, sort, group, add up and export by a field, directly and by way of others."""
        seen = {}
        model = self.env[name]
        if model.has_access("read"):
            seen |= self._come_by(model, field, limits)
        # By way of another record the field's own groups count, not the rights on its model. What
        # is read directly is compared as such.
        elif model._has_field_access(model._fields[field], "read"):
            for owner, path in self._get_paths(name):
                seen |= self._come_by(self.env[owner], f"{path}.{field}", limits)
        return seen

    def _get_paths(self, target):
        """Ways from readable models to ``target``: a field of relations, or two many2one."""
        for first, first_name in self._get_links(TO_MANY).get(target, ()):
            if self.env[first].has_access("read"):
                yield first, first_name
        for first, first_name in self._get_links().get(target, ()):
            if self.env[first].has_access("read"):
                yield first, first_name
            for second, second_name in self._get_links().get(first, ()):
                if self.env[second].has_access("read") and second != first:
                    yield second, f"{second_name}.{first_name}"

    def _get_links(self, types=("many2one",)):
        """Stored fields of relations by the model they lead to, those of every record left out."""
        if types not in self._links:
            links = self._links[types] = defaultdict(list)
            for name in self.models:
                for field in self.env[name]._fields.values():
                    if field.type in types and field.store and field.name[-4:] != "_uid":
                        links[field.comodel_name].append((name, field.name))
        return self._links[types]

    def _come_by(self, model, path, limits):
        roads = {
            "search": lambda: [model.search_count([(path, ">", limit)]) for limit in limits],
            "group": lambda: [_plain(row[0]) for row in model._read_group([], [path])],
            "export": lambda: self._export(model, path),
        }
        if "." not in path:
            roads |= {
                "sort": lambda: self._sort(model, path),
                "read": lambda: [_plain(row[path]) for row in model.search([]).read([path])],
                "sum": lambda: _plain(model._read_group([], [], [f"{path}:sum"])[0][0]),
            }
        found = {(road, model._name, path): self._try(walk) for road, walk in roads.items()}
        return {road: value for road, value in found.items() if value is not None}

    def _export(self, model, path):
        records = self._get_records(model._name)
        return [_plain(row[0]) for row in records._export_rows([path.split(".")])]

    def _sort(self, model, field):
        """Places that the records, oldest first, have in the order of a field."""
        ids = model.search([], order=f"{field}, id", limit=LIMIT).ids
        return [ids.index(record_id) for record_id in sorted(ids)]

    def _try(self, walk):
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint(flush=False):
                return walk()
        except REFUSED:
            return None


def get_models(env):
    """Names of the models of records that are stored or seen in the database."""
    env.cr.execute("SELECT relname FROM pg_class WHERE relkind IN ('r', 'v', 'm')")
    tables = {name for (name,) in env.cr.fetchall()}
    return [
        name
        for name, model in env.registry.items()
        if not model._abstract
        and not model._transient
        and (model._table in tables or env[name]._table_query)
    ]


def compare(one, other):
    """Roads on which two walks saw what is not the same."""
    return sorted(road for road in one.keys() | other.keys() if one.get(road) != other.get(road))


def _plain(value):
    return round(value, 4) if isinstance(value, float) else value
