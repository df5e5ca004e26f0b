"""Days, moments and numbers in the words of the reader's language."""

from babel.numbers import format_decimal

from odoo.tools import format_date, format_datetime
from odoo.tools.misc import babel_locale_parse, get_lang


def format_day(env, day):
    """``Nov 3``, or ``3 nov.`` in French."""
    return format_date(env, day, date_format=_get_day_pattern(env))


def format_moment(env, moment, tz=False):
    """``Nov 3, 09:00``, or ``3 nov., 09:00`` in French.

    :param datetime moment: UTC
    :param tz: zone it is shown in; the user's when missing
    """
    return format_datetime(env, moment, tz=tz, dt_format=f"{_get_day_pattern(env)}, HH:mm")


def format_number(env, number):
    """A number without needless decimals: ``7.5``, or ``7,5`` in French; ``3``."""
    return format_decimal(round(number, 2), "0.##", locale=_get_locale(env))


def _get_day_pattern(env):
    return _get_locale(env).datetime_skeletons["MMMd"].pattern


def _get_locale(env):
    return babel_locale_parse(get_lang(env).code)
