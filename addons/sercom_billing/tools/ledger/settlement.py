"""Which slice of an order line each document bills or gives back: without the ORM.

A slice is a timesheet line; ``AHEAD`` stands for what is billed before it is worked, or of
something that is not counted by slices: a part, a fixed price.

How it works: each document line says how much it *wants* to hold of the order line (above zero it
bills, below zero it gives back) and what it *holds* by the ledger. ``settle`` answers the rows
which make them agree, whatever happened in between, and what cannot be done: what would bill an
hour twice, or give back more than was billed.
"""

from dataclasses import dataclass, field

AHEAD = 0
TINY = 1e-6

BILLED = "billed"
CREDITED = "credited"
TAKEN_BACK = "taken_back"


@dataclass
class Slice:
    """What can be billed of one timesheet line.

    ``billable`` is what is left of its billable hours without what was waived; below zero it is
    an adjustment, which gives hours back. ``period`` tells whether the bill at hand is about it.
    """

    key: int
    billable: float
    billed: float = 0.0
    position: tuple = ()
    is_ready: bool = True
    is_in_period: bool = True

    @property
    def open(self):
        return self.billable - self.billed

    def clamp(self, change):
        """As much of ``change`` as keeps the billed hours between none and the billable ones."""
        low, high = min(0.0, self.billable), max(0.0, self.billable)
        return min(max(self.billed + change, low), high) - self.billed


@dataclass
class Document:
    """One line of an invoice (or credit note)."""

    key: int
    wants: float
    holds: dict = field(default_factory=dict)
    origin: dict = field(default_factory=dict)  # what the credited invoice holds, by slice
    credits: frozenset = frozenset()  # keys of what it credits

    @property
    def held(self):
        return sum(self.holds.values())


@dataclass(frozen=True)
class Row:
    document: int
    slice: int
    quantity: float
    fate: str


@dataclass(frozen=True)
class Problem:
    """``kind``: *credited* (given back already), *again* (billed again), *over* (more than was
    billed).
    """

    kind: str
    document: int
    quantity: float


class Settlement:
    def __init__(self, slices, tolerance=TINY, is_counted=True, floor=None):
        """
        :param slices: what the order line consists of
        :param float tolerance: half of what the unit of the document rounds to
        :param bool is_counted: whether the order line is billed by its slices
        :param float floor: of what is not counted, no more is given back than down to this
        """
        self.slices = {one.key: one for one in slices}
        self.tolerance = max(tolerance, TINY)
        self.is_counted = is_counted
        self.floor = floor
        self.rows = []
        self.problems = []

    def settle(self, documents):
        """Make what the documents hold what they want; answer the rows."""
        self.documents = documents
        self._check_floor()
        for document in documents:
            self._take_back(document)
        for document in documents:
            if document.wants - document.held < -self.tolerance:
                self._credit(document)
        for document in documents:
            if document.wants - document.held > self.tolerance:
                self._bill(document)
        standing = self._get_standing_ahead()
        for document in documents:
            self._match_ahead(document, standing.get(document.key, 0.0))
        return self.rows

    @property
    def ahead(self):
        return sum(document.holds.get(AHEAD, 0.0) for document in self.documents)

    # The one place where hours change hands

    def _enter(self, document, key, quantity, fate):
        if abs(quantity) <= TINY:
            return
        document.holds[key] = document.holds.get(key, 0.0) + quantity
        if key in self.slices:
            self.slices[key].billed += quantity
        self.rows.append(Row(document.key, key, quantity, fate))

    def _check_floor(self):
        """Complain of what gives back more than was billed, where slices do not say so."""
        if self.is_counted or self.floor is None:
            return
        held = sum(document.held for document in self.documents)
        wanted = sum(document.wants for document in self.documents)
        missing = min(self.floor, held) - wanted
        if missing <= self.tolerance:
            return
        for document in self.documents:
            if document.wants < document.held - self.tolerance:
                kind = "over" if document.wants < 0 else "credited"
                self.problems.append(Problem(kind, document.key, missing))

    # Taking back what a document no longer holds

    def _take_back(self, document):
        held = document.held
        if held > 0 and document.wants < held - self.tolerance:
            excess = held - max(document.wants, 0.0)
        elif held < 0 and document.wants > held + self.tolerance:
            excess = held - min(document.wants, 0.0)
        else:
            return
        is_all = abs(excess - held) <= TINY
        left = excess
        for key in sorted(document.holds, key=self._get_last_first):
            quantity = document.holds[key]
            if not is_all:
                quantity = _towards(quantity, left)
            left -= self._undo(document, key, quantity)
        if not is_all and abs(left) > self.tolerance:
            self._complain(document, left)

    def _undo(self, document, key, quantity):
        """Take ``quantity`` of a slice off the document; answer how much that was."""
        done = quantity
        if key in self.slices:
            done = -self.slices[key].clamp(-quantity)
        elif self.is_counted and quantity > 0:
            done = min(quantity, max(self.ahead, 0.0))
        if abs(quantity - done) > self.tolerance:
            self._complain(document, quantity - done)
        self._enter(document, key, -done, TAKEN_BACK)
        return done

    def _complain(self, document, quantity):
        kind = "credited" if quantity > 0 else "again"
        self.problems.append(Problem(kind, document.key, abs(quantity)))

    def _get_last_first(self, key):
        """What is billed ahead first, then the latest hours."""
        if key not in self.slices:
            return (0, ())
        return (1, tuple(-part for part in self.slices[key].position))

    # Billing

    def _bill(self, document):
        need = document.wants - document.held
        for is_in_period in (True, False):
            group = [one for one in self._get_open() if one.is_in_period == is_in_period]
            need = self._bill_group(document, need, group)
        if need > self.tolerance:
            self._enter(document, AHEAD, need, BILLED)

    def _get_open(self):
        ready = [one for one in self.slices.values() if one.is_ready and abs(one.open) > TINY]
        return sorted(ready, key=lambda one: one.position)

    def _bill_group(self, document, need, group):
        """Bill of these slices, oldest first; answer what is still needed."""
        total = sum(one.open for one in group)
        if need <= self.tolerance or total <= TINY:
            return need
        takes_all = need > total - self.tolerance
        given = [one for one in group if one.open < 0]
        for one in given + [one for one in group if one.open > 0]:
            quantity = one.open if takes_all else min(one.open, need)
            need -= quantity
            self._enter(document, one.key, quantity, BILLED)
            if not takes_all and need <= TINY:
                break
        return 0.0 if abs(need) <= self.tolerance else need

    # Giving back

    def _credit(self, document):
        left = document.held - document.wants
        everything = {one.key: one.billed for one in self.slices.values()}
        everything[AHEAD] = self.ahead
        own = {key: min(held, everything.get(key, 0.0)) for key, held in document.origin.items()}
        for group in (everything, own):
            if self.is_counted and abs(sum(group.values()) - left) <= self.tolerance:
                for key, quantity in group.items():
                    self._enter(document, key, -quantity, CREDITED)
                return
        for one in self._get_open():
            if one.open < 0 and left > TINY:
                quantity = max(one.open, -left)
                left += quantity
                self._enter(document, one.key, quantity, CREDITED)
        for key in self._get_credit_order(own):
            billed = everything[AHEAD] if key == AHEAD else self.slices[key].billed
            quantity = min(max(billed, 0.0), left)
            left -= quantity
            self._enter(document, key, -quantity, CREDITED)
        if left > self.tolerance:
            if self.is_counted:
                self.problems.append(Problem("over", document.key, left))
            else:
                self._enter(document, AHEAD, -left, CREDITED)

    def _get_credit_order(self, own):
        keys = sorted(self.slices, key=self._get_last_first)
        return [AHEAD, *sorted(keys, key=lambda key: key not in own)]

    # Hours that come after they were billed

    def _get_standing_ahead(self):
        """What each document bills ahead and nothing gave back: ``{document key: quantity}``.

        A credit gives back what it credits, and then what was billed last.
        """
        standing, given = {}, []
        for document in self.documents:
            ahead = document.holds.get(AHEAD, 0.0)
            if ahead > 0:
                standing[document.key] = ahead
            elif ahead < 0:
                given.append((document, -ahead))
        for credit, left in given:
            for key in sorted(standing, key=lambda key: (key not in credit.credits, -key)):
                taken = min(standing[key], left)
                standing[key] -= taken
                left -= taken
        return standing

    def _match_ahead(self, document, ahead):
        total = sum(one.open for one in self._get_open())
        if not self.is_counted or ahead <= self.tolerance or total <= self.tolerance:
            return
        matched = min(ahead, total)
        left = self._bill_group(document, matched, self._get_open())
        self._enter(document, AHEAD, left - matched, BILLED)


def _towards(quantity, wanted):
    """As much of ``quantity`` as goes the way of ``wanted``, and no further."""
    if quantity * wanted <= 0:
        return 0.0
    return min(quantity, wanted) if wanted > 0 else max(quantity, wanted)


def settle(documents, slices, tolerance=TINY, is_counted=True, floor=None):
    """Answer ``(rows, problems)`` that make the documents hold what they want."""
    settlement = Settlement(slices, tolerance, is_counted, floor)
    return settlement.settle(documents), settlement.problems
