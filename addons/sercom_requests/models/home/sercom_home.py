from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.actions import counted_action
from ...tools.field_access import BILLING, DISPATCHER, OFFICE, SALES
from ...tools.home.tile import SECTIONS
from ...tools.local_time import day_start

# Who works at a desk with Sercom; technicians have their own day.
OFFICE_GROUPS = (OFFICE, SALES, BILLING)


class SercomHome(models.AbstractModel):
    """What needs me now: the page that the Sercom app opens on.

    How it works: every add-on says in ``_get_tiles`` what it counts, for which groups. A tile is
    one query, and opens the list that it counts. What is no count (who is where) is a panel.
    """

    _name = "sercom.home"
    _description = "Home of the office"

    @api.model
    @api.readonly
    def get_home(self):
        """Figures of the tiles and rows of the panels that the user's roles see.

        :return: ``{"sections": [{"key", "name", "tiles": [{"key", "name", "count", "amount",
            "tone"}]}], "panels": [{"key", "name", "rows", …}]}``; amounts are texts in the
            company's currency
        :raises AccessError: for who is not of the office
        """
        self._check_is_office()
        names = self._get_section_names()
        by_section = {}
        for tile in self._get_own_tiles():
            by_section.setdefault(tile.section, []).append(self._read_tile(tile))
        return {
            "sections": [
                {"key": key, "name": names[key], "tiles": by_section[key]}
                for key in self._get_section_order()
                if key in by_section
            ],
            "panels": self._get_panels(),
        }

    @api.model
    @api.readonly
    def open_tile(self, key):
        """Window action of the records that the tile ``key`` counts.

        :raises UserError: when the user has no such tile
        """
        self._check_is_office()
        tile = next((tile for tile in self._get_own_tiles() if tile.key == key), None)
        if not tile:
            raise UserError(self.env._("This tile is gone. Reload the page."))
        return {
            **counted_action(self.env, tile.action, tile.domain, **tile.context),
            "name": tile.name,
            "display_name": tile.name,
            "view_mode": "list",
            # Who opens a tile of nothing sees nothing: no invented records behind it.
            "useSampleModel": False,
            "help": Markup('<p class="o_view_nocontent_smiling_face">%s</p>')
            % self.env._("Nothing waits for you here"),
        }

    @api.model
    def _check_is_office(self):
        """Refuse technicians, plain employees and clients.

        :raises AccessError:
        """
        if not self._is_office():
            raise AccessError(self.env._("This page is for the office. Ask for a role of it."))

    @api.model
    def _is_office(self):
        """Whether the user works at a desk with Sercom."""
        user = self.env.user
        return user._is_internal() and any(map(user.has_group, OFFICE_GROUPS))

    @api.model
    def _get_own_tiles(self):
        has_group = self.env.user.has_group
        return [
            tile
            for tile in self._get_tiles()
            if any(map(has_group, tile.groups)) and self.env[tile.model].has_access("read")
        ]

    @api.model
    def _read_tile(self, tile):
        """One tile as the page shows it, by one query."""
        records = self.env[tile.model]
        amounts = ()
        if tile.amount:
            aggregates = ["__count", f"{tile.amount}:sum_currency"]
            [(count, *amounts)] = records._read_group(tile.domain, [], aggregates)
        else:
            # What the list finds: groups of the calendar leave out what others' settings hide.
            count = records.search_count(tile.domain)
        return {
            "key": tile.key,
            "name": tile.name,
            "tone": tile.tone if count else "none",
            "count": count,
            "amount": self._format_amount(amounts[0]) if amounts else False,
        }

    @api.model
    def _format_amount(self, amount):
        return self.env.company.currency_id.format(amount or 0.0)

    @api.model
    def _get_section_names(self):
        """Hook: titles of the groups of tiles, by key."""
        return {
            "calls": self.env._("Requests"),
            "quotes": self.env._("Quotes"),
            "jobs": self.env._("Jobs"),
            "hours": self.env._("Hours"),
            "parts": self.env._("Parts"),
            "billing": self.env._("Billing"),
            "figures": self.env._("This Month"),
        }

    @api.model
    def _get_section_order(self):
        """Keys of the sections: first those of what the user does all day."""
        has_group = self.env.user.has_group
        first = ()
        if has_group(DISPATCHER):
            first = ("jobs", "hours")
        elif has_group(BILLING):
            first = ("billing",)
        return (*first, *(key for key in SECTIONS if key not in first))

    @api.model
    def _get_tiles(self):
        """Hook: tiles of all roles, called once for the page; extend the list.

        :return: list of ``Tile``, in the order that the page shows them in their section
        """
        return []

    @api.model
    def _get_panels(self):
        """Hook: what a page shows beside its tiles, for the user's groups.

        :return: list of ``{"key", "name", "rows": [{"title", "detail", "tag", "tone", "model",
            "id"}]}``
        """
        return []

    @api.model
    def _get_today(self):
        """Start of the user's day and of the next one, naive UTC."""
        today = fields.Date.context_today(self)
        return self._get_day_start(today), self._get_day_start(today + timedelta(days=1))

    @api.model
    def _get_day_start(self, day):
        return day_start(day, self.env.tz.zone)
