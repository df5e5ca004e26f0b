"""Lines of one invoice for several jobs, put together job by job."""

SECTION, SUBSECTION, NOTE = "line_section", "line_subsection", "line_note"


def arrange(rows, titles):
    """Order the lines of an invoice by job, each job under a section of its own.

    Titles of an order go with the line below them and become subsections. What is of no job
    (deposits, and their title) comes last, as it was.

    :param list rows: ``(job or None, display type or False, values)`` of each line, as they come
    :param dict titles: what the section of each job is called; in the order of the jobs
    :return: list of values
    """
    groups = {job: [] for job in titles}
    rest, waiting = [], []
    for job, kind, values in rows:
        if kind in (SECTION, SUBSECTION, NOTE) and job is None:
            waiting.append(values)
            continue
        target = groups.get(job, rest)
        if target is not rest:
            waiting = [_lower(title) for title in waiting]
        target += [*waiting, values]
        waiting = []
    rest += waiting
    arranged = []
    for job, lines in groups.items():
        if lines:
            arranged += [{"display_type": SECTION, "name": titles[job]}, *lines]
    return arranged + rest


def _lower(values):
    return {**values, "display_type": SUBSECTION} if _is_section(values) else values


def _is_section(values):
    return values.get("display_type") == SECTION
