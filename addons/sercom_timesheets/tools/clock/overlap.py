"""What PostgreSQL says when it refuses an overlap."""

import re
from datetime import datetime

# The detail names two keys, what was written and what is there: …=([7,8), ["start","end")).
KEY = re.compile(r'=\(\[(\d+),\d+\), \["([^"]+)","?([^")]*)"?\)\)')


def parse_refusal(detail):
    """The entry that was there, from the detail of an exclusion violation.

    :param str detail: ``Key (…)=(…) conflicts with existing key (…)=(…).``, in any language
    :return: ``(employee id, start, end or None)``, naive UTC; ``None`` when it says nothing of them
    """
    keys = KEY.findall(detail or "")
    if len(keys) != 2:
        return None
    employee_id, start, end = keys[1]
    return (
        int(employee_id),
        datetime.fromisoformat(start),
        datetime.fromisoformat(end) if end else None,
    )
