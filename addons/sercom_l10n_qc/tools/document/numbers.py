"""How the numbers that a firm of Québec prints are written.

Licence: ten digits as the Régie du bâtiment writes them ("Licence RBQ : 1234-5678-90", Building
Act, CQLR c. B-1.1, s. 57.1). GST: nine digits, RT and four more; QST: ten digits, TQ and four
more (Canada Revenue Agency, Revenu Québec).
"""

import re

LICENCE = re.compile(r"\d{4}-\d{4}-\d{2}")
GST = re.compile(r"(\d{9})(RT\d{4})")
QST = re.compile(r"(\d{10})(TQ\d{4})")


def is_licence(number):
    """Whether this is a licence of the RBQ as it has to be written."""
    return bool(LICENCE.fullmatch(number or ""))


def format_tax_number(number):
    """A GST or QST number with its program account apart; any other text as it is.

    >>> format_tax_number("123456782rt0001")
    '123456782 RT0001'
    """
    packed = re.sub(r"[\s.-]", "", number or "").upper()
    for pattern in (GST, QST):
        if found := pattern.fullmatch(packed):
            return " ".join(found.groups())
    return number or ""
