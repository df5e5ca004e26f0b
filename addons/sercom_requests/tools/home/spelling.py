"""Words that people write in several ways: "St-Denis", "Ste-Foy", "boul.", "1ère Avenue".

What is stored and what is typed are brought to one spelling, so that either finds the other. The
texts are folded already (``terms.py``): small letters without accents.
"""

import re

SPELLINGS = {
    "saint": ("st", "ste", "sainte", "sts", "stes", "saints", "saintes"),
    "boulevard": ("boul", "blvd", "bvd", "bld", "bd"),
    "avenue": ("ave", "av"),
    "chemin": ("ch", "chem"),
    "route": ("rte",),
    "place": ("pl",),
    "street": ("str",),
    "road": ("rd",),
}
# First, second, third, in French and English: "1re", "1ère", "2e", "2ème", "2nd".
ORDINAL = "([0-9]+)(?:iere|ere|re|er|nde|ieme|eme|e|st|nd|rd|th)"
_ONE_SPELLING = {form: word for word, forms in SPELLINGS.items() for form in forms}


def unify_spelling(word):
    """The one spelling of a folded word; most words have no other."""
    found = re.fullmatch(ORDINAL, word)
    return f"{found[1]}e" if found else _ONE_SPELLING.get(word, word)


def get_spelling_sql(text):
    """SQL that does to the words of a folded text what ``unify_spelling`` does.

    :param str text: an SQL expression; what is made of it may stand in an index
    """
    for word, forms in SPELLINGS.items():
        text = rf"regexp_replace({text}, '\m(?:{'|'.join(forms)})\M', '{word}', 'g')"
    return rf"regexp_replace({text}, '\m{ORDINAL}\M', '\1e', 'g')"
