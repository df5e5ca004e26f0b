"""What a visitor typed in the public form: cleaned, and what is wrong with it."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time

from odoo.tools import email_normalize

MAX_LENGTH = {"need": 4000, "name": 80, "phone": 30, "email": 120}
MAX_LINE = 120  # letters of an address line
DAY_PARTS = {"any": (8, 17), "morning": (8, 12), "afternoon": (12, 17), "evening": (17, 20)}
URGENCIES = {"normal": "0", "soon": "2", "emergency": "3"}
HORIZON = 366  # days ahead at most
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
LINES = ("name", "phone", "email", "street", "city", "zip")
PHONE = re.compile(r"^[0-9+(). x/-]{7,30}$")


@dataclass
class Asked:
    """The form as it was understood; ``errors`` are codes by the field that they are about."""

    values: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)
    early: datetime | None = None  # local
    late: datetime | None = None


def read_form(form, today, is_known=False, has_site=True):
    """Read what was typed.

    :param form: mapping of field names to text
    :param date today: by the firm's clocks
    :param bool is_known: whether the visitor has signed in: who they are is known
    :param bool has_site: whether a site of theirs was chosen; else they say where
    :return: ``Asked``
    """
    asked = Asked()
    values = asked.values = {name: _clean_line(form.get(name)) for name in LINES}
    values["need"] = CONTROL.sub("", str(form.get("need") or "")).strip()
    values["urgency"] = form.get("urgency") if form.get("urgency") in URGENCIES else "normal"
    values["day_part"] = form.get("day_part") if form.get("day_part") in DAY_PARTS else "any"
    for name, limit in MAX_LENGTH.items():
        if len(values[name]) > limit:
            asked.errors[name] = "long"
    for name in ("street", "city", "zip"):
        if len(values[name]) > MAX_LINE:
            asked.errors[name] = "long"
    if not values["need"]:
        asked.errors["need"] = "missing"
    if not is_known:
        _check_visitor(asked, bool(form.get("consent")))
    elif not has_site:
        _check_filled(asked, ("street", "city"))
    _read_time(asked, form, today)
    return asked


def _clean_line(text):
    return " ".join(CONTROL.sub(" ", str(text or "")).split())


def _check_filled(asked, names):
    for name in names:
        if not asked.values[name]:
            asked.errors.setdefault(name, "missing")


def _check_visitor(asked, consents):
    values, errors = asked.values, asked.errors
    _check_filled(asked, ("name", "street", "city"))
    if not values["email"]:
        errors["email"] = "missing"
    elif not _is_email(values["email"]):
        errors.setdefault("email", "wrong")
    else:
        values["email"] = email_normalize(values["email"])
    if values["phone"] and not PHONE.match(values["phone"]):
        errors.setdefault("phone", "wrong")
    if not consents:
        errors["consent"] = "missing"


def _is_email(text):
    """Whether a link can be sent there: one address, of a domain that the Internet knows."""
    address = email_normalize(text) or ""
    return "." in address.rpartition("@")[2].strip(".")


def _read_time(asked, form, today):
    """The day and part of it that suit; none for as soon as can be."""
    text = str(form.get("day") or "").strip()
    if not text:
        return
    try:
        day = date.fromisoformat(text)
    except ValueError:
        asked.errors["day"] = "wrong"
        return
    if not 0 <= (day - today).days <= HORIZON:
        asked.errors["day"] = "wrong"
        return
    first, last = DAY_PARTS.get(form.get("day_part"), DAY_PARTS["any"])
    asked.early = datetime.combine(day, time(first))
    asked.late = datetime.combine(day, time(last))
