"""Words that people write in several ways: "St-Denis", "Ste-Foy", "boul.", "1ère Avenue".

What is typed is looked for in all its spellings: what is stored stays as it was written, and costs
nothing more to read. The words are folded already (``terms.py``): small letters without accents.
"""

import re

SPELLINGS = (
    ("saint", "st", "ste", "sainte", "sts", "saints"),
    ("boulevard", "boul", "blvd", "bvd", "bd"),
    ("avenue", "ave", "av"),
    ("chemin", "ch"),
    ("route", "rte"),
    ("place", "pl"),
    ("road", "rd"),
)
# First, second, third, in French and English: "1re", "1ère", "2e", "2ème", "2nd".
ORDINALS = ("e", "re", "er", "ere", "eme", "ieme", "st", "nd", "rd", "th")
ORDINAL = re.compile(f"([0-9]+)(?:{'|'.join(ORDINALS)})")
# Fewer letters of a word that is being typed tell too little.
MIN_LETTERS = 4
_FORMS = {form: forms for forms in SPELLINGS for form in forms}


def unify_spelling(word):
    """One spelling for all those of a word; most words have no other."""
    found = ORDINAL.fullmatch(word)
    return f"{found[1]}e" if found else _FORMS.get(word, (word,))[0]


def get_other_spellings(word):
    """How else a word is written, whole, or how one is that begins so: a tuple of words."""
    if found := ORDINAL.fullmatch(word):
        forms = tuple(f"{found[1]}{ending}" for ending in ORDINALS)
    else:
        forms = _FORMS.get(word) or _find_begun(word)
    return tuple(form for form in forms if form != word)


def _find_begun(word):
    if len(word) < MIN_LETTERS:
        return ()
    return next((forms for forms in SPELLINGS if forms[0].startswith(word)), ())
