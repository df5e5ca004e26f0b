from dataclasses import dataclass, field

SECTIONS = ("calls", "quotes", "jobs", "hours", "parts", "billing", "figures")


@dataclass(frozen=True)
class Tile:
    """One figure of the home page: how many records of a model need somebody.

    ``domain`` is what is counted and what the tile opens, by the window action ``action`` (its
    external id). ``groups`` are external ids: a member of any of them sees the tile. ``amount`` is
    a monetary field in the company's currency that is summed beside the count. ``tone`` colours a
    count that is not zero: ``info``, ``warning`` or ``danger``.
    """

    key: str
    name: str
    section: str
    model: str
    domain: list
    action: str
    groups: tuple
    tone: str = "info"
    amount: str = ""
    context: dict = field(default_factory=dict)
