"""What people write in a cell, as a record wants it; or what would be right."""

import re

from .headings import normalize

PROVINCES = {
    "AB": "alberta alb",
    "BC": "britishcolumbia colombiebritannique cb",
    "MB": "manitoba man",
    "NB": "newbrunswick nouveaubrunswick",
    "NL": "newfoundland newfoundlandandlabrador terreneuve terreneuveetlabrador nf tnl",
    "NS": "novascotia nouvelleecosse ne",
    "NT": "northwestterritories territoiresdunordouest tno nwt",
    "NU": "nunavut",
    "ON": "ontario ont",
    "PE": "princeedwardisland ileduprinceedouard pei ipe",
    "QC": "quebec que pq qcquebec quebecqc provincedequebec",
    "SK": "saskatchewan sask",
    "YT": "yukon yukonterritory yn",
}
PHONE = re.compile(
    r"(?P<number>\+?[\d\s().\-/]+?)\s*(?:(?:ext|poste|p|x|#)\.?\s*(?P<extension>\d+))?\s*$", re.I
)
EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
POSTAL_CODE = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[A-Z]\d[A-Z]\d")


class WrongValue(ValueError):
    """A cell that cannot be taken; its argument is the key of the words that say what would be."""


def read_text(text):
    return re.sub(r"\s+", " ", text or "").strip()


def read_province(text):
    """Code of a province of Canada: Québec, QUEBEC, Qué., PQ and QC are QC."""
    word = normalize(text)
    if not word:
        return ""
    for code, words in PROVINCES.items():
        if word == code.lower() or word in map(normalize, words.split()):
            return code
    raise WrongValue("province")


def read_phone(text):
    """A phone number in one form: ``+1 514 555 0101``, with its extension."""
    text = read_text(text)
    if not text:
        return ""
    match = PHONE.match(text)
    digits = re.sub(r"\D", "", match["number"]) if match else ""
    extension = f" #{match['extension']}" if match and match["extension"] else ""
    if match and match["number"].startswith("+") and not digits.startswith("1"):
        if not 8 <= len(digits) <= 15:
            raise WrongValue("phone")
        return f"+{digits}{extension}"
    digits = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    if len(digits) != 10:
        raise WrongValue("phone")
    return f"+1 {digits[:3]} {digits[3:6]} {digits[6:]}{extension}"


def read_email(text):
    text = read_text(text)
    if text and not EMAIL.fullmatch(text):
        raise WrongValue("email")
    return text.lower()


def read_zip(text, is_canadian=True):
    """A postal code, H2J 2K9; those of other countries as they are."""
    text = read_text(text).upper()
    code = re.sub(r"[\s-]", "", text)
    if not code or not is_canadian or code.isdigit():
        return text
    if not POSTAL_CODE.fullmatch(code):
        raise WrongValue("zip")
    return f"{code[:3]} {code[3:]}"


def read_amount(text):
    """An amount of money: 1 234,50 $, $1,234.50 and 1234.5 are the same."""
    text = read_text(text)
    if not text:
        return 0.0
    text = re.sub(r"[\s$]|CAD", "", text)
    if re.fullmatch(r"\(.*\)", text):
        text = f"-{text[1:-1]}"
    # The last sign that two digits at most follow is the decimal one.
    match = re.fullmatch(r"(-?[\d.,]*?)(?:[.,](\d{1,2}|\d{4,}))?", text)
    whole = re.sub(r"[.,]", "", match[1]) if match else ""
    if not match or not re.fullmatch(r"-?\d*", whole) or not (whole.strip("-") or match[2]):
        raise WrongValue("amount")
    amount = float(f"{whole or '0'}.{match[2] or '0'}")
    if amount < 0:
        raise WrongValue("negative")
    return amount


LANGUAGES = {
    "": {""},
    "fr": {"fr", "frca", "frfr", "f", "francais", "francaise", "french", "frenchca", "fra", "fre"},
    "en": {"en", "enca", "enus", "engb", "e", "a", "anglais", "anglaise", "english", "ang", "eng"},
}
UNITS = {
    "": {""},
    "hour": {"h", "hr", "hrs", "hour", "hours", "heure", "heures", "hourly", "perhour", "lheure"},
    "day": {"d", "j", "day", "days", "jour", "jours"},
    "unit": {"u", "un", "ea", "each", "unit", "units", "unite", "unites", "pc", "pcs", "chacun"},
}


def read_kind(text):
    """Service or part."""
    word = normalize(text)
    if word in (
        "",
        "service",
        "services",
        "labour",
        "labor",
        "maindoeuvre",
        "travail",
        "hour",
        "heure",
    ):
        return "service"
    if word in (
        "part",
        "parts",
        "piece",
        "pieces",
        "product",
        "produit",
        "material",
        "materiel",
        "goods",
        "bien",
        "inventory",
        "noninventory",
        "consu",
    ):
        return "consu"
    raise WrongValue("kind")


def read_language(text):
    """``fr`` or ``en``; empty where nothing is said."""
    word = normalize(text)
    for language, words in LANGUAGES.items():
        if word in words:
            return language
    raise WrongValue("language")


def read_unit(text):
    """``hour``, ``day`` or ``unit``; another word as it stands, to be looked for by its name."""
    word = normalize(text)
    return next((unit for unit, words in UNITS.items() if word in words), read_text(text))


READERS = {
    "language": read_language,
    "unit": read_unit,
    "phone": read_phone,
    "email": read_email,
    "province": read_province,
    "site_province": read_province,
    "zip": read_zip,
    "site_zip": read_zip,
    "price": read_amount,
    "cost": read_amount,
    "kind": read_kind,
}


def read_row(cells):
    """Values of a row, and what is wrong in it.

    :param dict cells: ``{field: text}``
    :return: ``({field: value}, {field: key of what would be right})``
    """
    values, wrong = {}, {}
    for field, text in cells.items():
        try:
            values[field] = READERS.get(field, read_text)(text)
        except WrongValue as error:  # noqa: PERF203 - each cell is told of
            wrong[field] = error.args[0]
    return values, wrong


def get_client_name(values):
    """Name of a client: as it stands, or the company's, or first and last name."""
    person = " ".join(filter(None, (values.get("first_name"), values.get("last_name"))))
    return values.get("name") or values.get("company_name") or person


def get_phone_key(phone):
    """What two forms of one phone number have in common: its last ten digits."""
    return re.sub(r"\D", "", (phone or "").split("#")[0])[-10:]


def get_client_keys(values):
    """By what a client is known again: ``{(kind, key)}``."""
    keys = {
        ("phone", get_phone_key(values.get("phone"))),
        ("email", (values.get("email") or "").lower()),
    }
    name, street = normalize(get_client_name(values)), normalize(values.get("street"))
    if name and street:
        keys.add(("address", f"{name}|{street}"))
    return {key for key in keys if key[1]}
