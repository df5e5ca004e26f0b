from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.home.spelling import unify_spelling

MAX_CLIENTS = 8
# Whoever types a common word reads on; nobody scrolls through thousands.
MAX_FOUND = 160
MAX_RANKED = 60


class SercomCaller(models.AbstractModel):
    """Who is calling: clients by whatever they say, with all that a call is about.

    How to use: ``search_callers`` for a search box. What is shown of a client is told by every
    add-on (``sercom_caller_records``). The user's access rights and rules hold throughout.
    """

    _name = "sercom.caller"
    _description = "Search of a caller"

    @api.model
    @api.readonly
    def search_callers(self, text, limit=MAX_CLIENTS):
        """Find clients by name, phone in any format, address, e-mail or number of a record.

        :param str text: all its words have to be found; accents and capitals do not count
        :param int limit: how many clients at most
        :return: ``{"clients": [{"id", "name", "phone", "email", "address", "matches" (names of the
            contacts and sites that were found), "sites": [{"id", "name", "address"}], "sections":
            [{"key", "name", "model", "records": [{"id", "name", "detail", "date"}]}]}], "records":
            [{"model", "id", "kind", "name", "client"}]}``; dates are UTC texts
        :raises AccessError: for who is not of the office
        """
        self.env["sercom.home"]._check_is_office()
        text = (text or "").strip()
        terms = self.env["res.partner"]._read_caller_terms(text)
        limit = max(1, min(int(limit or MAX_CLIENTS), MAX_CLIENTS))
        records = self._search_numbers(text)
        found = self._rank(self._search_partners(terms), terms) if terms else []
        by_client = {self._get_client(record): [] for record in records}
        for partner, client in self._get_clients(found).items():
            by_client.setdefault(client, []).append(partner)
        by_client.pop(self.env["res.partner"], None)
        kept = dict(list(by_client.items())[:limit])
        return {
            "clients": self._describe_clients(kept),
            "records": [self._describe_number(record) for record in records],
        }

    # Partners

    @api.model
    def _search_partners(self, terms):
        """Partners who have all the terms: contacts, clients and the addresses of sites.

        The firm's own people are left out, be they users or not: they call about nothing.
        """
        partners = self.env["res.partner"]

        def in_index(model, alias, query):
            # The inner limit keeps PostgreSQL on the index for rare words, and from reading all of
            # the table for common ones.
            return SQL(
                """%s IN (
                    SELECT caller.id FROM res_partner caller
                     WHERE caller.active AND caller.partner_share IS NOT FALSE AND %s
                       AND (caller.fsm_person IS NOT TRUE OR caller.customer_rank > 0)
                       AND (caller.company_id IS NULL OR caller.company_id = ANY(%s))
                     LIMIT %s)""",
                SQL.identifier(alias, "id"),
                partners._get_caller_condition("caller", terms),
                self.env.companies.ids,
                MAX_FOUND,
            )

        self.env["res.partner"].flush_model()
        fields = ["complete_name", "phone", "email", "fsm_location", "commercial_partner_id"]
        return partners.search_fetch(
            Domain.custom(to_sql=in_index), fields, order="complete_name, id"
        )

    @api.model
    def _rank(self, partners, terms):
        """The likeliest first: who is called so, then whose name begins so, then the others."""
        words = set(map(unify_spelling, terms.words))

        def rank(partner):
            name = set(map(unify_spelling, self._get_name_words(partner.complete_name)))
            begins = all(
                any(part.startswith((word, unify_spelling(word))) for part in name)
                for word in terms.words
            )
            return (not (words and words == name), not (words and begins))

        return partners.sorted(rank)[:MAX_RANKED]

    @api.model
    def _get_name_words(self, name):
        return self.env["res.partner"]._read_caller_terms(name or "").words

    @api.model
    def _get_clients(self, partners):
        """Client of each partner: of a site its owner, of a contact their company.

        :return: ``{partner: client}``
        """
        if not partners:
            return {}
        places = partners.filtered("fsm_location")
        sites = self.env["fsm.location"].search_fetch(
            [("partner_id", "in", places.ids)], ["partner_id", "owner_id"]
        )
        owners = {site.partner_id: site.owner_id for site in sites}
        return {partner: owners.get(partner, partner).commercial_partner_id for partner in partners}

    @api.model
    def _describe_clients(self, by_client):
        clients = self.env["res.partner"].union(*by_client)
        if not clients:
            return []
        family = clients._get_family()
        sites = self._get_sites(clients, family)
        all_sites = self.env["fsm.location"].union(
            *(site for own in sites.values() for site in own)
        )
        sections = self._get_sections(clients, family, all_sites)
        return [
            {
                "id": client.id,
                "name": client.display_name,
                "phone": client.phone or "",
                "email": client.email or "",
                "address": self._format_address(client),
                "matches": [
                    partner.name
                    for partner in by_client[client]
                    if partner != client and not partner.fsm_location and partner.name
                ],
                "sites": [
                    {"id": site.id, "name": site.name, "address": self._format_address(site)}
                    for site in sites[client]
                ],
                "sections": [
                    {**section, "records": section["records"][client]}
                    for section in sections
                    if section["records"].get(client)
                ],
            }
            for client in clients
        ]

    @api.model
    def _format_address(self, place):
        street = ", ".join(filter(None, (place.street, place.street2)))
        return ", ".join(filter(None, (street, place.city, place.zip)))

    @api.model
    def _get_sites(self, clients, family):
        """Sites that each client, or one of theirs, owns or is met at: ``{client: [site]}``."""
        Site = self.env["fsm.location"]
        found = Site.search_fetch(
            family._get_sites_domain(),
            ["partner_id", "owner_id", "contact_id", "name", "street", "street2", "city", "zip"],
            limit=200,
        )
        people = {
            site: site.owner_id.commercial_partner_id | site.contact_id.commercial_partner_id
            for site in found
        }
        return {
            # Lists: what is read of one site is read of all at once.
            client: [site for site in found if client in people[site]]
            for client in clients
        }
