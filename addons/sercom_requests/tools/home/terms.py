"""What somebody types to find a caller, and the text that it is looked for in.

Text is *folded*: small letters without accents. The database folds what is stored with the same
letters (``FOLDED_FROM`` and ``FOLDED_TO`` are made for its ``translate``), so that both agree
whatever its locale is, and without an extension of it.
"""

import re
import unicodedata
from dataclasses import dataclass

# Letters that have no accent to take off.
PLAIN = {"ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ł": "l", "Ł": "l", "ı": "i"}
# One letter written as two: ``translate`` cannot, ``replace`` does.
LIGATURES = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"}
# What stands between two words; a space is read in its place.
PUNCTUATION = '-.,;:/()&+_@#"'
MIN_PHONE_DIGITS = 7
# What somebody types at the phone. Each word is looked for in every client: of a page of text that
# was pasted, or sent, the rest is left.
MAX_TEXT = 200
MAX_WORDS = 12
# Digits with what people put between them.
PHONE = re.compile(r"(?<!\w)\+?\(?\d[\d\s().\-]{5,}\d(?!\w)")
WORD = re.compile(r"[^\W_]+")


def _fold_letter(letter):
    plain = PLAIN.get(letter) or unicodedata.normalize("NFKD", letter)[0].lower()
    return plain if plain.isascii() and plain.isalpha() else ""


_FOLDED = {
    letter: folded
    for letter in map(chr, range(0xC0, 0x180))
    if letter not in LIGATURES and (folded := _fold_letter(letter))
}
FOLDED_FROM = "".join(_FOLDED)
FOLDED_TO = "".join(_FOLDED.values())


def fold(text):
    """Small letters without accents."""
    composed = unicodedata.normalize("NFC", text or "")
    for letter, letters in LIGATURES.items():
        composed = composed.replace(letter, letters)
    return composed.translate(str.maketrans(_FOLDED)).lower()


@dataclass(frozen=True)
class Terms:
    """``words`` are folded; ``phones`` are digits. All of them have to be found."""

    words: tuple = ()
    phones: tuple = ()

    def __bool__(self):
        """Whether there is enough to look for: one letter would find everybody."""
        return bool(self.phones) or any(len(word) > 1 for word in self.words)


def read_terms(text, calling_code=0):
    """Tell words from phone numbers in what was typed.

    :param str text: a name, a street, a phone number in any format, or several of them; what is
        longer than anybody says is cut
    :param int calling_code: of the company's country; numbers are stored with and without it
    :return: ``Terms``
    """
    phones = []

    def take(match):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) < MIN_PHONE_DIGITS:
            return match[0]
        phones.append(national_number(digits, calling_code, match[0].startswith("+")))
        return " "

    text = str(text or "").strip()[:MAX_TEXT]
    words = dict.fromkeys(WORD.findall(fold(PHONE.sub(take, text))))
    return Terms(tuple(words)[:MAX_WORDS], tuple(phones)[:MAX_WORDS])


def national_number(digits, calling_code, is_international=False):
    """The digits that a number has in every format: no prefix, no country, no trunk zero."""
    for prefix in ("00", "011"):
        if not is_international and digits.startswith(prefix):
            digits, is_international = digits.removeprefix(prefix), True
            break
    code = str(calling_code or "")
    rest = digits.removeprefix(code) if code and digits.startswith(code) else digits
    # In North America "1 514 …" is dialled without "+" too.
    if rest != digits and (is_international or len(rest) >= 10):
        digits = rest
    return digits.lstrip("0") or digits
