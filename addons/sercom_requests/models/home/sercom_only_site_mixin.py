from odoo import fields, models


class SercomOnlySiteMixin(models.AbstractModel):
    """Who has one site only is not asked for it; what was filled in so goes with its client.

    How to use: call ``_fill_only_site`` when ``partner_id`` changes on the screen, and have
    ``only_site_id`` in the form, so that the screen remembers it.
    """

    _name = "sercom.only.site.mixin"
    _description = "Only site of a client, filled in by itself"

    only_site_id = fields.Many2one(
        "fsm.location",
        store=False,
        readonly=True,
        groups="base.group_user",
        help="Site that was filled in by itself on the screen.",
    )

    def _fill_only_site(self, name):
        """Fill in the site of this one record's new client; one that somebody chose stays.

        :param str name: of the field of the site
        """
        # On a stored record, the only site of its client is what was filled in.
        filled = self.only_site_id or self._origin.partner_id._get_only_site()
        if self[name] and self[name] == filled and not filled._is_known_to(self.partner_id):
            self[name] = False
        if not self[name]:
            self[name] = self.only_site_id = self.partner_id._get_only_site()
