"""Days, moments and numbers in the words of the reader's language."""

from babel.numbers import format_decimal

from odoo.tools import format_date, format_datetime
from odoo.tools.misc import babel_locale_parse, get_lang


def format_day(env, day):
    """``Nov 3``, or ``3 nov.`` in French."""
    return format_date(env, day, date_format=_get_day_pattern(env))


def format_moment(env, moment, tz=False, lang=None):
    """``Nov 3, 09:00``, or ``3 nov., 09:00`` in French.

    :param datetime moment: UTC
    :param tz: zone it is shown in; the user's when missing
    :param lang: code of the language; the reader's when missing
    """
    pattern = f"{_get_day_pattern(env, lang)}, HH:mm"
    return format_datetime(env, moment, tz=tz, dt_format=pattern, lang_code=lang)


def format_number(env, number):
    """A number without needless decimals: ``7.5``, or ``7,5`` in French; ``3``."""
    return format_decimal(round(number, 2), "0.##", locale=_get_locale(env))


def _get_day_pattern(env, lang=None):
    return _get_locale(env, lang).datetime_skeletons["MMMd"].pattern


def _get_locale(env, lang=None):
    return babel_locale_parse(lang or get_lang(env).code)
