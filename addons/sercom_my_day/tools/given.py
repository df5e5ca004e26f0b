"""What a phone sends, as far as the database can keep it."""

from odoo.addons.sercom_requests.tools.numbers import is_number

# An action holds values, and lists of them.
DEEPEST = 2


def to_storable(value, depth=DEEPEST):
    """What a phone sent, without what would fail once it is stored or shown.

    One such value would keep out all that is sent with it, and then the list of who reads it.

    :param value: as it came in JSON
    :return: numbers that are none become nothing, as does what is too deep; of text, the letters
        that PostgreSQL has no place for are left out
    """
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, int | float):
        return value if is_number(value) else None
    if isinstance(value, list) and depth:
        return [to_storable(one, depth - 1) for one in value]
    if isinstance(value, dict) and depth:
        return {to_storable(str(key)): to_storable(value[key], depth - 1) for key in value}
    return None
