"""Which of many free times are offered."""


def choose_starts(starts, number):
    """Some of the times of a day, spread over it, the first and the last among them.

    :param list starts: in order
    :param int number: how many at most, two or more
    """
    if len(starts) <= number:
        return list(starts)
    last = len(starts) - 1
    return [starts[round(place * last / (number - 1))] for place in range(number)]
