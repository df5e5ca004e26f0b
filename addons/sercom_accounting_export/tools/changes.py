"""What a record was when it was sent, and what is different since."""


def find_changes(sent, now):
    """Values that differ.

    :param dict sent: values as they were sent; of plain JSON
    :param dict now: the same of today; empty where the record is gone
    :return: list of ``(name, value sent, value now)``, in the order of ``sent``
    """
    names = [*sent, *(name for name in now if name not in sent)]
    return [
        (name, sent.get(name), now.get(name)) for name in names if sent.get(name) != now.get(name)
    ]


def find_changed_lines(sent, now):
    """Lines that are no longer there as sent, and those that were not sent.

    :param list sent: lines, each a list of plain values
    :return: ``(gone, new)``
    """
    rest, gone = list(now or []), []
    for line in sent or []:
        if line in rest:
            rest.remove(line)
        else:
            gone.append(line)
    return gone, rest
