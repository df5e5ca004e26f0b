"""Which job a line of an order belongs to."""

ORDER = None


def assign_lines(lines, order_job=None):
    """Group the lines of one order by job.

    A service tracked by ``line`` has its own job, services tracked by ``sale`` share the
    order's, and any other line (parts, travel) goes with the tracked line above it, or with
    the first job when it stands above them all.

    :param lines: ``(line, tracking, job)`` in the order's sequence; ``tracking`` is ``sale``,
        ``line`` or anything else, ``job`` the job the line already has, falsy for none
    :param order_job: job that the order already has for its ``sale`` lines, falsy for none
    :return: ``{key: [line, …]}``; the key is an existing job, ``ORDER`` for the order's own new
        job, or the line whose new job it is
    """
    keys, groups, waiting = {}, {}, []
    last = missing = object()
    for line, tracking, job in lines:
        if job:
            last = job
        elif tracking == "line":
            last = line
        elif tracking == "sale":
            last = order_job or ORDER
        elif last is missing:
            if not order_job:
                waiting.append(line)
                continue
            last = order_job
        keys[line] = last
    first = next(iter(keys.values()), ORDER)
    for line in waiting:
        keys[line] = first
    for line, key in keys.items():
        groups.setdefault(key, []).append(line)
    return groups
