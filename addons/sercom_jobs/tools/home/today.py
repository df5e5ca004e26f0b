"""Where somebody stands in their day."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Today:
    """``when`` is ``now``, ``next``, ``late`` (its time is over, it is not) or ``over``.

    ``index`` is of the visit, none when all are over.
    """

    when: str
    index: int | None
    done: int


def read_today(visits, now):
    """Tell which visit somebody is at, or goes to next.

    :param list visits: ``(start, end, is done)``, by their start
    :param datetime now: of the same time zone as they are
    :return: ``Today``
    """
    done = sum(is_done for _start, _end, is_done in visits)
    left = [
        index for index, (_start, end, is_done) in enumerate(visits) if not is_done and end > now
    ]
    if not left:
        late = [index for index, (_start, _end, is_done) in enumerate(visits) if not is_done]
        return Today("late", late[-1], done) if late else Today("over", None, done)
    return Today("now" if visits[left[0]][0] <= now else "next", left[0], done)
