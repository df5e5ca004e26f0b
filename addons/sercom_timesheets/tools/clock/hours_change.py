"""How server code says that the clock itself changes hours, and why.

The object goes along in the context, under ``KEY``. It is no authority that somebody could ask
for: what a client sends is text, numbers, lists and dictionaries, never an ``HoursChange``.
"""

from dataclasses import dataclass

KEY = "hours_change"


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
        return records.with_context(**{KEY: self})


def get_hours_change(records):
    """The change that server code has announced; ``None`` for what a person does."""
    change = records.env.context.get(KEY)
    return change if isinstance(change, HoursChange) else None
