from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.actions import window_action
from ...tools.field_access import readers_only
from ...tools.home.spelling import get_other_spellings
from ...tools.home.terms import FOLDED_FROM, FOLDED_TO, LIGATURES, PUNCTUATION, read_terms

# What a caller is found by. PostgreSQL keeps an index of the folded text, so that nothing is stored
# twice; it takes the index when the query has the very same expression. Spaces around each word let
# its beginning, or all of it, be looked for.
CALLER_COLUMNS = ("complete_name", "email", "street", "street2", "city", "zip", "ref")


def _get_caller_text(prefix=""):
    """SQL of the text that callers are looked for in.

    :param str prefix: of the columns: nothing for the index, ``"%(alias)s."`` for a query
    """
    text = " || ' ' || ".join(f"coalesce({prefix}{name}, '')" for name in CALLER_COLUMNS)
    for letter, letters in LIGATURES.items():
        text = f"replace({text}, '{letter}', '{letters}')"
    letters, folded = FOLDED_FROM + PUNCTUATION, FOLDED_TO + " " * len(PUNCTUATION)
    return (
        f"(' ' || translate(lower({text}), '{letters}', '{folded}')"
        f" || ' ' || lower(replace(coalesce({prefix}zip, ''), ' ', ''))"
        f" || ' ' || regexp_replace(coalesce({prefix}phone, ''), '[^0-9]', '', 'g'))"
    )


def _get_caller_index(registry):
    return f"USING gin ({_get_caller_text()} gin_trgm_ops)" if registry.has_trigram else ""


class ResPartner(models.Model):
    """A person or a company who calls is found by whatever they say of themselves."""

    _name = "res.partner"
    _inherit = ["res.partner", "sercom.history.mixin"]

    caller_search = fields.Char(
        "Name, Phone, Address",
        store=False,
        search="_search_caller_search",
        groups="base.group_user",
        help="Looks for all the words in name, e-mail, address and reference, and for a phone "
        "number in any format; accents and capitals do not count.",
    )

    _caller_idx = models.Index(_get_caller_index)

    @api.model
    @readers_only
    def _search_caller_search(self, operator, value):
        if operator == "in":
            return Domain.OR(self._search_caller_search("ilike", one) for one in value)
        if operator not in ("ilike", "like"):
            return NotImplemented
        terms = self._read_caller_terms(value)
        if not terms:
            return Domain.FALSE
        return Domain.custom(
            to_sql=lambda model, alias, query: self._get_caller_condition(alias, terms)
        )

    @api.model
    def _read_caller_terms(self, text):
        return read_terms(text, self.env.company.country_id.phone_code)

    @api.model
    def _get_caller_condition(self, alias, terms):
        """SQL that is true for the partners who have all of ``terms``."""
        text = SQL(_get_caller_text("%(alias)s."), alias=SQL.identifier(alias))
        needed = [self._get_word_patterns(word) for word in terms.words]
        needed += [[f"%{digits}%"] for digits in terms.phones]
        return SQL(" AND ").join(
            SQL("%s LIKE ANY(%s)", text, patterns)
            if len(patterns) > 1
            else SQL("%s LIKE %s", text, *patterns)
            for patterns in needed
        )

    @api.model
    def _get_word_patterns(self, word):
        """Where a word that was typed is found: in others as typed, or whole in another spelling.

        :return: list of patterns of LIKE
        """
        # Words of one or two letters are too short for the index, but their beginning is not.
        typed = f"% {word}%" if len(word) < 3 else f"%{word}%"
        return [typed, *(f"% {other} %" for other in get_other_spellings(word))]

    @api.model
    @api.readonly
    def web_name_search(self, name, specification, domain=None, operator="ilike", limit=100):
        # OVERRIDE web: in a list of names to choose from, namesakes are told apart.
        rows = super().web_name_search(name, specification, domain, operator, limit)
        rows_by_name = {}
        for row in rows:
            if shown := row.get("__formatted_display_name"):
                rows_by_name.setdefault(shown, []).append(row)
        alike = [row for same in rows_by_name.values() if len(same) > 1 for row in same]
        for row, partner in zip(alike, self.browse([row["id"] for row in alike]), strict=True):
            if told := " · ".join(filter(None, (partner.city, partner.phone or partner.email))):
                row["__formatted_display_name"] += f" \t --{told}--"
        return rows

    def action_open_owned_locations(self):
        # OVERRIDE fieldservice: the list of Sercom's menu.
        self.check_access("read")
        domain = [("owner_id", "child_of", self.ids)]
        sites = self.env["fsm.location"].search(domain)
        if len(sites) == 1:
            return window_action(sites)
        action = self.env["ir.actions.act_window"]._for_xml_id("sercom_requests.sercom_site_action")
        return {**action, "domain": domain, "context": {}, "path": False}

    def _get_family(self):
        """These clients with their contacts and addresses, archived ones too."""
        return self.with_context(active_test=False).search(
            [("commercial_partner_id", "in", self.commercial_partner_id.ids)], order="id"
        )

    def _get_sites_domain(self):
        """Domain of the sites that one of these partners owns, or is met at."""
        # By ids: PostgreSQL reads all the sites where it has to join both to their clients.
        return Domain("owner_id", "in", self.ids) | Domain("contact_id", "in", self.ids)

    def _get_only_site(self):
        """Site of this client when they have one only, as owner or contact; else none."""
        found = self._get_sites(limit=2)
        return found if len(found) == 1 else found.browse()

    def _get_sites(self, limit=None):
        """Sites of this one client, or of nobody: those they own or are the contact of."""
        sites = self.env["fsm.location"]
        if not self.commercial_partner_id:
            return sites
        return sites.search(self._get_family()._get_sites_domain(), limit=limit)
