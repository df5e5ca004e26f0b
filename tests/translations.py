"""The terms of the suite, as Odoo exports them; ``make i18n`` and a test go by them."""

from io import BytesIO
from pathlib import Path

import polib

from odoo.modules import Manifest
from odoo.release import major_version
from odoo.tools.translate import PoFileWriter, TranslationModuleReader

LANGUAGE = "fr_CA"
# The flag of a term that is the same in both languages: by OCA's convention, which the linter holds
# us to, its translation is empty, as if it were missing.
SAME = "same"
# In a checkout these are folders of the root add-on too, and Odoo takes their terms for its own.
NOT_THE_ROOT = ("addons/sercom/addons/", "addons/sercom/dev/")
METADATA = {
    "Project-Id-Version": f"Odoo Server {major_version}",
    "Report-Msgid-Bugs-To": "",
    "Last-Translator": "",
    "Language-Team": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "",
    "Plural-Forms": "",
}


def suite(env):
    """Answer the names of the suite's installed add-ons."""
    domain = [("name", "=like", "sercom%"), ("state", "=", "installed")]
    return sorted(env["ir.module.module"].search(domain).mapped("name"))


def template_path(module):
    """Answer where an add-on keeps its template."""
    return Path(Manifest.for_addon(module).path) / "i18n" / f"{module}.pot"


def translation_path(module):
    """Answer where an add-on keeps its French."""
    return template_path(module).with_name(f"{LANGUAGE}.po")


def read(path):
    """Answer a translation file; an empty one where there is none."""
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def export(env):
    """Answer ``{add-on: template}`` with the terms that the database and the code have now.

    The templates carry no date: one is a new text only when its terms are.
    """
    rows = {module: [] for module in suite(env)}
    for row in TranslationModuleReader(env.cr, modules=list(rows)):
        module, kind, name = row[:3]
        if kind != "code" or not name.startswith(NOT_THE_ROOT):
            rows[module].append(row)
    return {module: _make_template(content) for module, content in rows.items()}


def _make_template(rows):
    writer = PoFileWriter(BytesIO(), None)
    writer.write_rows(rows)
    template = writer.po
    template.metadata = dict(METADATA)
    return template


def merge(translation, template):
    """Answer a translation with the terms of a template, in its order; others are dropped.

    A term translated by itself becomes an empty one that is marked as the same.
    """
    merged = polib.POFile()
    merged.header = template.header
    merged.metadata = {
        **METADATA,
        "Language": LANGUAGE,
    }
    known = {entry.msgid: entry for entry in translation if not entry.obsolete}
    for entry in template:
        old = known.get(entry.msgid, polib.POEntry())
        is_same = old.msgstr == entry.msgid
        merged.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgstr="" if is_same else old.msgstr,
                flags=[SAME] if is_same else old.flags,
                comment=entry.comment,
                occurrences=entry.occurrences,
            )
        )
    return merged


def get_missing(translation, template):
    """Answer the terms of a template that a translation lacks, or is not sure of."""
    known = {e.msgid for e in translation if e.translated() or SAME in e.flags}
    return [entry.msgid for entry in template if entry.msgid not in known]
