"""A visit as a file that calendars of phones and computers read (RFC 5545)."""

from datetime import datetime, timedelta

WIDTH = 73  # bytes of a line, its continuation mark included


def make_calendar_file(
    uid, start, end, summary, stamp, location="", description="", is_cancelled=False
):
    """Write one event.

    :param str uid: the same for each version of the event
    :param start: datetime (UTC, naive), or the first date of whole days
    :param end: when it ends, or the last date
    :param datetime stamp: when it was written (UTC, naive)
    :return: bytes
    """
    is_whole_days = not isinstance(start, datetime)
    form = ";VALUE=DATE:%Y%m%d" if is_whole_days else ":%Y%m%dT%H%M%SZ"
    end = end + timedelta(days=1) if is_whole_days else end
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Sercom//Visits//EN",
        f"METHOD:{'CANCEL' if is_cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{_escape(uid)}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        # A later version replaces an earlier one.
        f"SEQUENCE:{(stamp - datetime(2026, 1, 1)) // timedelta(minutes=1)}",
        f"DTSTART{start.strftime(form)}",
        f"DTEND{end.strftime(form)}",
        f"SUMMARY:{_escape(summary)}",
        *([f"LOCATION:{_escape(location)}"] if location else []),
        *([f"DESCRIPTION:{_escape(description)}"] if description else []),
        f"STATUS:{'CANCELLED' if is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return b"\r\n".join(map(_fold, lines))


def _escape(text):
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def _fold(line):
    """A line of at most 75 bytes; the rest is continued, no letter cut in two."""
    parts, part = [], b""
    for letter in line:
        raw = letter.encode()
        if len(part) + len(raw) > WIDTH:
            parts.append(part)
            part = b""
        part += raw
    return b"\r\n ".join([*parts, part])
