"""Names for the demo's records, so that one part can speak of what another made."""

from pathlib import Path

from odoo.exceptions import UserError
from odoo.tools.convert import convert_xml_import

# No add-on's name: what is in the books stays when Sercom is uninstalled.
NAMESPACE = "__demo__"
MASTERS = Path(__file__).with_name("masters.xml")


class Records:
    """The demo's records by name: ``records["client_tremblay"]``."""

    def __init__(self, env):
        self.env = env

    def __getitem__(self, name):
        return self.env.ref(f"{NAMESPACE}.{name}")

    def __setitem__(self, name, record):
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"{NAMESPACE}.{name}", "record": record.sudo(), "noupdate": True}]
        )

    def check_fresh(self):
        """Refuse to load the demo company twice.

        :raises UserError: when this database has it already
        """
        if self.env["ir.model.data"].search_count([("module", "=", NAMESPACE)], limit=1):
            raise UserError(
                self.env._("This database has the demo company already. Load it in a new one.")
            )

    def load_masters(self):
        """Load what is the same in every language, from XML."""
        with MASTERS.open("rb") as content:
            convert_xml_import(self.env, NAMESPACE, content, noupdate=True)


def in_both_languages(record, field, french):
    """Give a record whose ``field`` is in English its French words too."""
    record.with_context(lang="fr_CA")[field] = french
    return record


def html_in_both_languages(record, field, english, french):
    """Give a record a paragraph in English and French."""
    record.with_context(lang="en_US")[field] = f"<p>{english}</p>"
    term = record._fields[field].get_trans_terms(record.with_context(lang="en_US")[field])[0]
    record.update_field_translations(field, {"fr_CA": {term: french}})
