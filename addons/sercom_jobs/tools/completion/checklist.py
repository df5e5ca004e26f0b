"""Numbers typed on site: reading them, writing them, and their limits."""

import math
import re

SPACES = re.compile(r"[\s\u00a0\u202f]")
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")


class NotANumberError(ValueError):
    """What was typed cannot be read as a number."""


class AmbiguousNumberError(NotANumberError):
    """What was typed can be read as two numbers: 1,234 is 1234 to one, 1.234 to another."""


def parse_number(value, decimal_point="."):
    """Read a number that a person typed, whichever of comma and point their keyboard has.

    :param value: text, or a number already
    :param str decimal_point: of the person's language
    :return: float
    :raises AmbiguousNumberError: when the other separator may stand for thousands
    :raises NotANumberError: when it is no number, or not a finite one
    """
    if isinstance(value, bool):
        raise NotANumberError(str(value))
    if isinstance(value, int | float):
        number = float(value)
    else:
        text = SPACES.sub("", str(value))
        if not NUMBER.fullmatch(text):
            raise NotANumberError(text)
        other = "," if decimal_point == "." else "."
        if re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}{re.escape(other)}\d{{3}}", text):
            raise AmbiguousNumberError(text)
        number = float(text.replace(",", "."))
    if not math.isfinite(number):
        raise NotANumberError(str(value))
    return number


def format_number(number, decimal_point="."):
    """The shortest text that ``parse_number`` reads back as ``number``, without an exponent."""
    text = format(float(number), ".15g")
    if "e" in text:
        text = format(float(text), ".20f").rstrip("0") if abs(number) < 1 else f"{number:.0f}"
    return text.rstrip(".").replace(".", decimal_point) or "0"


def is_within(number, lowest=None, highest=None):
    """Whether ``number`` keeps to its limits, both included; ``None`` is no limit."""
    return (lowest is None or number >= lowest) and (highest is None or number <= highest)
