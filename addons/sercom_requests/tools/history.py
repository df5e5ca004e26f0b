"""History that is evidence: it is written whatever the context of a client says.

Odoo leaves out what changed when the context says so, and any client may send one (its import does
by default). A model says ``_is_history_kept`` to have it all the same, see ``mail.thread``.
"""

from odoo import SUPERUSER_ID

from .context import Sentinel

# Keys by which Odoo leaves out what changed.
SILENT_KEYS = ("tracking_disable", "mail_notrack")
_SILENT = Sentinel("silent")


def silently(records, key="tracking_disable"):
    """``records`` whose changes are told by something else; only server code can say so."""
    return _SILENT(records.with_context(**{key: True}))


def keep_history(records):
    """``records`` without what a client said to have their changes left out.

    The superuser is nobody who signs in: what is installed, or runs by itself, may be silent.
    """
    context = records.env.context
    if records.env.uid == SUPERUSER_ID or _SILENT.get(records):
        return records
    if not any(context.get(key) for key in SILENT_KEYS):
        return records
    return records.with_context(**dict.fromkeys(SILENT_KEYS, False))


def is_silent(records):
    """Whether what changes on ``records`` is told by something else."""
    return bool(keep_history(records).env.context.get("tracking_disable"))
