"""A total, told two ways, record by record."""

from typing import NamedTuple

TOLERANCE = 0.005


class Comparison(NamedTuple):
    """Totals of the report and of the recount, and the records (ids) of which they differ."""

    reported: float
    recounted: float
    ids: list

    @property
    def difference(self):
        return round(self.reported - self.recounted, 2) + 0.0


def compare(reported, recounted, tolerance=TOLERANCE):
    """Compare two tellings of the same total.

    Totals may agree while records do not (one too many, one too few): those are told too.

    :param dict reported: ``{record id: value}`` as the report has it
    :param dict recounted: the same, reckoned another way
    :return: ``Comparison``
    """
    ids = [
        key
        for key in sorted(reported.keys() | recounted.keys())
        if abs(reported.get(key, 0.0) - recounted.get(key, 0.0)) > tolerance
    ]
    return Comparison(sum(reported.values()), sum(recounted.values()), ids)
