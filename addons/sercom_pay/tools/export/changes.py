"""What differs between two files for the payroll office."""


def find_changes(before, after):
    """Compare two exports, worker by worker.

    :param dict before: ``{worker: {column: text}}`` of the earlier file
    :param dict after: the same of the new one
    :return: list of ``(worker, column, text before, text after)``; a whole worker who came or went
        has no column
    """
    changes = [(worker, None, "", worker) for worker in after if worker not in before]
    changes += [(worker, None, worker, "") for worker in before if worker not in after]
    for worker in after:
        old, new = before.get(worker), after[worker]
        if old is None:
            continue
        changes += [
            (worker, column, old.get(column, ""), new.get(column, ""))
            for column in {**old, **new}
            if old.get(column, "") != new.get(column, "")
        ]
    return changes
