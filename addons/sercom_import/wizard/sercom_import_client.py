from odoo import models

from ..tools.headings import normalize
from ..tools.values import get_client_keys, get_client_name


class SercomImport(models.TransientModel):
    """Clients and their sites: one row for each site, the client's columns repeated or not."""

    _inherit = "sercom.import"

    def _check_client(self, rows):
        """Tell new clients, new sites of theirs, and those that are there already.

        :param list rows: ``[(number, values)]``
        :return: ``(rows to make, [(row, field, text, word, level, words)])`` without the level of
            what is wrong
        """
        known = self._get_known_clients(rows)
        notes, new, seen = [], [], {}
        for number, values in rows:
            name = get_client_name(values)
            keys = get_client_keys(values)
            if not name:
                notes.append((number, "name", "", "name"))
                continue
            found = next((known[key] for key in sorted(keys) if key in known), None)
            site = self._get_site_vals(values)
            if found and self._has_site(found, values):
                notes.append((number, "name", name, "known", "known", {"name": found.name}))
                continue
            first = next((seen[key] for key in sorted(keys) if key in seen), None)
            if first and site in first["sites"]:
                words = {"first": first["row"]}
                notes.append((number, "name", name, "twice", "known", words))
                continue
            entry = first or {"row": number, "sites": []}
            entry["sites"].append(site)
            seen.update(dict.fromkeys(keys, entry))
            row = {**values, "client_row": entry["row"], "site": site, "client": found}
            new.append((number, row))
        return new, notes

    def _has_site(self, client, values):
        """Whether a client who is there has the site of a row; one without its own adds none."""
        if not values.get("site_street"):
            return True
        # sudo: as the client
        sites = self.env["fsm.location"].sudo().search([("owner_id", "=", client.id)])
        return normalize(values["site_street"]) in map(normalize, sites.mapped("street"))

    def _get_known_clients(self, rows):
        """Clients that are there, by what they are known again by: ``{key: partner}``."""
        emails = {values.get("email") for _row, values in rows} - {"", None}
        partners = self.env["res.partner"].with_context(active_test=False)
        # sudo: a client that the user may not read is there all the same; its name alone is told
        found = partners.sudo().search_fetch(
            [
                ("parent_id", "=", False),
                "|",
                ("company_id", "=", False),
                ("company_id", "=", self.env.company.id),
                *(["|", "|", ("email", "in", list(emails))] if emails else ["|"]),
                ("phone", "!=", False),
                ("street", "!=", False),
            ],
            ["name", "phone", "email", "street"],
            order="id desc",
        )
        known = {}
        for partner in found:
            values = {name: partner[name] or "" for name in ("name", "phone", "email", "street")}
            known.update(dict.fromkeys(get_client_keys(values), partner))
        return known

    def _get_site_vals(self, values):
        """Address of the site of a row: its own, or the client's."""
        if values.get("site_street"):
            names = ("street", "city", "province", "zip")
            site = {name: values.get(f"site_{name}") or "" for name in names}
        else:
            site = {
                name: values.get(name) or ""
                for name in ("street", "street2", "city", "province", "zip")
            }
        return {**site, "name": values.get("site_name") or site["street"]}

    def _prepare_address(self, address):
        canada = self.env.ref("base.ca")
        states = {state.code: state.id for state in canada.state_ids}
        vals = {name: address.get(name) or False for name in ("street", "street2", "city", "zip")}
        state = states.get(address.get("province"))
        return {**vals, "state_id": state, **({"country_id": canada.id} if state else {})}

    def _get_languages(self):
        """Languages of clients: ``{fr, en or nothing: code}``; nothing said is the firm's."""
        own = self.env.company.partner_id.lang or self.env.lang
        found = {"": own}
        installed = sorted(code for code, _name in self.env["res.lang"].get_installed())
        for code in [*installed, "fr_CA" if "fr_CA" in installed else own, own]:
            found[code[:2]] = code
        return found

    def _make_client(self, rows):
        firsts = {
            row: values
            for row, values in rows
            if values["client_row"] == row and not values["client"]
        }
        languages = self._get_languages()
        partners = self.env["res.partner"].create(
            [
                {
                    "name": get_client_name(values),
                    "is_company": bool(values.get("company_name")),
                    "phone": values.get("phone") or False,
                    "email": values.get("email") or False,
                    "ref": values.get("reference") or False,
                    "lang": languages.get(values.get("language")) or languages[""],
                    **self._prepare_address(values),
                }
                for values in firsts.values()
            ]
        )
        clients = dict(zip(firsts, partners, strict=True))
        self.env["fsm.location"].create(
            [
                {
                    "name": values["site"]["name"],
                    "owner_id": (values["client"] or clients[values["client_row"]]).id,
                    **self._prepare_address(values["site"]),
                }
                for _row, values in rows
                if values["site"]["street"]
            ]
        )
