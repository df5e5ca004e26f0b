"""How Sercom locks rows.

Two ways, by what should happen to who comes second:

- **Wait**: ``lock_rows(records)``, below. Two people decide on the same record, or two phones punch
  for the same person: the second waits, then is tried again on what the first one has written.
- **Skip**: Odoo's ``records.try_lock_for_update()``, which answers those that nobody else holds.
  For crons and queues, where another worker does the rest. (``lock_for_update`` raises a
  ``LockError`` at once instead of waiting; nothing tries it again.)

Odoo's transactions see the database as it was when they began (REPEATABLE READ). So waiting alone
is not enough: what the lock protects has to be written on the locked row, or change a stored field
of it; where it is written on other rows only, ``claim`` marks the locked ones as changed.
PostgreSQL then refuses who has waited, and Odoo tries the whole request again.

Where there is no row yet, as with what a visitor sends for the first time, ``lock_text`` waits for
the others of the same text, and ``search_now`` sees what they have left.

``make lint`` refuses any other lock. One is left, with its reason in the line: of people who are
planned (``sercom_jobs/models/planning/sercom_assignment_overlap.py``), where who loses is told who
won in place of being tried again.
"""

from odoo.tools import SQL


def lock_rows(records, claim=False):
    """Wait until nobody else changes these records, and keep others from it until the commit.

    Rows are locked in the order of their ids, so that two who lock several never wait for each
    other. Others may still refer to them by a foreign key. What is to be written on the records
    has to be flushed before.

    :param bool claim: mark the rows as changed, as this transaction itself may change others only
    :raises psycopg2.errors.SerializationFailure: when one was changed since the transaction began;
        Odoo tries the request again
    """
    ids = sorted(filter(None, records._ids))
    if not ids:
        return
    table = SQL.identifier(records._table)
    lock = SQL(
        "SELECT id FROM %s WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",  # banned-ok: here
        table,
        ids,
    )
    if claim:
        lock = SQL(
            "WITH locked AS MATERIALIZED (%s)"
            " UPDATE %s SET write_date = write_date FROM locked WHERE %s = locked.id"
            " RETURNING locked.id",
            lock,
            table,
            SQL.identifier(records._table, "id"),
        )
    records.env.execute_query(lock)


def lock_text(env, key, text):
    """Wait until nobody else does what ``key`` and ``text`` stand for; keep it until the commit.

    What they did is not among what this transaction sees: read it by ``search_now``.

    :param int key: what is done; a number of its own for each
    """
    env.execute_query(
        SQL("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", key, text)  # banned-ok: here
    )


def search_now(records, domain):
    """Ids of the model's records that are there now, of this transaction or committed meanwhile.

    :return: set of ids
    """
    found = set(records.search(domain).ids)
    with records.env.registry.cursor() as cr:  # it sees what was committed since this one began
        found.update(records.with_env(records.env(cr=cr)).search(domain).ids)
    return found
