"""What a kind of fact is: rows of one table, told in the columns of the report."""

from typing import NamedTuple

from odoo.tools import SQL

# Ids of facts are those of their records, times this, plus the number of their kind.
STEP = 32
# Types of the report's columns.
TYPES = {
    "int4": SQL("int4"),
    "int8": SQL("int8"),
    "float8": SQL("float8"),
    "numeric": SQL("numeric"),
    "varchar": SQL("varchar"),
    "text": SQL("text"),
    "date": SQL("date"),
    "timestamp": SQL("timestamp"),
    "bool": SQL("bool"),
}
# What the margin of a fact is made of.
GAINS = ("revenue",)
COSTS = ("labour_cost", "parts_cost")


class Fact(NamedTuple):
    """Rows of the report that come from one kind of record.

    ``number`` is the kind's own, for good, from 1 to 31: it is in the ids. ``model`` is that of
    the records behind it, ``record`` the SQL of their id, ``key`` that of a number which is one
    row's alone where a record has many. ``columns`` are the fields of the report that the kind
    tells, as SQL; all others are empty. ``source`` is what follows FROM.
    """

    number: int
    model: str
    record: SQL
    columns: dict
    source: SQL
    key: SQL | None = None

    def get_measures(self):
        """Names of what it tells, its margin too."""
        return {*self.columns, *(["margin"] if get_margin(self.columns) is not None else [])}


def get_margin(columns):
    """SQL of a fact's margin: revenue less each cost that its columns tell; ``None`` for none."""
    gains = [SQL("+ COALESCE(%s, 0)", columns[name]) for name in GAINS if name in columns]
    costs = [SQL("- COALESCE(%s, 0)", columns[name]) for name in COSTS if name in columns]
    return SQL("0 %s", SQL(" ").join([*gains, *costs])) if gains or costs else None


def make_select(kind, fact, fields):
    """SQL that selects one kind of fact.

    All kinds have the same columns of the same types, without sorting or CTE on top, so that
    PostgreSQL reads only the columns and joins that a question needs, and passes its conditions
    on to each kind: a question about one kind or one month reads no other.

    :param str kind: value of the field ``kind``
    :param Fact fact: where its rows come from
    :param fields: ``{column: type in the database}``, ``id`` left out
    """
    told = {
        "kind": SQL("%s", kind),
        "res_model": SQL("%s", fact.model),
        "res_id": fact.record,
        **fact.columns,
    }
    if (margin := get_margin(fact.columns)) is not None:
        told["margin"] = margin
    key = fact.record if fact.key is None else fact.key
    columns = [
        SQL(
            "CAST(%s AS %s) AS %s",
            told.get(name, SQL("NULL")),
            TYPES[column_type],
            SQL.identifier(name),
        )
        for name, column_type in fields.items()
    ]
    return SQL(
        "SELECT CAST(%s AS bigint) * %s + %s AS id, %s FROM %s",
        key,
        STEP,
        fact.number,
        SQL(", ").join(columns),
        fact.source,
    )
