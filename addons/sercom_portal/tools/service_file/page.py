"""What a client reads of how far their need is."""

# Steps of a need as the client sees them, by the state of its file.
CLIENT_STEPS = {
    "request": "received",
    "quoted": "quoted",
    "sold": "in_progress",
    "to_invoice": "work_done",
    "invoiced": "invoiced",
    "paid": "paid",
    "lost": "closed",
}
# Who is met on site is not told what was quoted, invoiced or paid.
SITE_STEPS = {
    **CLIENT_STEPS,
    "quoted": "received",
    "invoiced": "work_done",
    "paid": "work_done",
}
CLIENT_PATH = ("received", "quoted", "in_progress", "work_done", "invoiced", "paid")
SITE_PATH = ("received", "in_progress", "work_done")


def get_step(state, is_client):
    """Step of a need, as its reader sees it.

    :param str state: of the service file
    :param bool is_client: whether the reader is who pays; else they are met on site
    """
    return (CLIENT_STEPS if is_client else SITE_STEPS)[state]


def get_path(state, is_client):
    """Steps of a need and whether each is reached: ``[(step, is_reached)]``; none when closed."""
    step = get_step(state, is_client)
    path = CLIENT_PATH if is_client else SITE_PATH
    if step not in path:
        return []
    reached = path.index(step)
    return [(name, place <= reached) for place, name in enumerate(path)]


def group_visits(visits):
    """Visits that are one to the client: those of one job, or request, at one moment.

    :param visits: list of ``(key, start, record)``
    :return: list of lists of records, in the order of their first ones
    """
    groups = {}
    for key, start, record in visits:
        groups.setdefault((key, start), []).append(record)
    return list(groups.values())


def order_visits(visits, now):
    """Visits as a client looks for them: the next ones to come first, then the last ones.

    :param visits: list of ``(key, start, record)``
    :param datetime now: as the starts
    """
    to_come = sorted((row for row in visits if row[1] >= now), key=lambda row: row[1])
    past = sorted((row for row in visits if row[1] < now), key=lambda row: row[1], reverse=True)
    return [*to_come, *past]
