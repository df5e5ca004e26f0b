"""What hours that a person types may be; those of the clock were worked as they are."""

DAY_HOURS = 24.0
TOLERANCE = 0.005


def find_wrong_hours(day_hours, job_hours, date, today, is_cancelled=False):
    """Say what is wrong with typed hours.

    :param float day_hours: of the person on that day, on everything, with these
    :param float job_hours: of the person on that day on that job, with these: a line below zero
        takes hours back, and never more than there are
    :param date: of the hours
    :param today: in the person's time zone
    :param bool is_cancelled: whether their job is
    :return: ``cancelled``, ``future``, ``negative``, ``day`` or None
    """
    if is_cancelled:
        return "cancelled"
    if date > today:
        return "future"
    if job_hours < -TOLERANCE:
        return "negative"
    if day_hours > DAY_HOURS + TOLERANCE:
        return "day"
    return None
