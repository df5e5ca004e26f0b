"""How server code says that the clock itself changes hours, and why.

It is said by a sentinel, so that nobody can ask for it: a client sends text, numbers, lists and
dictionaries, never an ``HoursChange``.
"""

from dataclasses import dataclass

from odoo.addons.sercom_requests.tools.context import Sentinel

HOURS_CHANGE = Sentinel("hours_change")


@dataclass(frozen=True)
class HoursChange:
    """A change of hours by the clock.

    ``reason`` is kept on the adjustments of lines that can no longer change. ``is_correction``:
    an accepted correction, which is kept itself and settles what else was proposed.
    """

    reason: str = ""
    is_correction: bool = False

    def apply_to(self, records):
        """The records, in whose context the change is announced."""
        return HOURS_CHANGE(records, self)


def get_hours_change(records):
    """The change that server code has announced; ``None`` for what a person does."""
    return HOURS_CHANGE.get(records)
