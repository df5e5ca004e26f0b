from odoo import api, fields, models


class SaleOrder(models.Model):
    """Where a quote is to be done: what somebody typed stays while the client is the same."""

    _inherit = "sale.order"

    site_client_id = fields.Many2one(
        "res.partner",
        store=False,
        readonly=True,
        groups="base.group_user",
        help="Client whom the site on the screen was chosen for.",
    )

    @api.depends("partner_id", "partner_shipping_id")
    def _compute_fsm_location_id(self):
        # OVERRIDE fieldservice_sale, which empties what was typed when another contact or delivery
        # address is chosen. What a new client does to the site of a stored order is in ``write``.
        found = self._find_sites()
        for order in self:
            order.fsm_location_id = order._get_kept_site() or found[order]

    def _get_kept_site(self):
        """Site that this one order keeps, on its screen or stored, whoever it is for now."""
        self.ensure_one()
        stored, site = self._origin, self.fsm_location_id
        if site and (stored == self or site._is_known_to(self.partner_id)):
            return site
        clients = (stored | self).partner_id.commercial_partner_id
        # The stored order tells whether the client on the screen is another one.
        if stored and stored != self and len(clients) == 1:
            return stored.fsm_location_id or site
        # What is not stored yet tells by itself whom its site was chosen for.
        if not stored and self.site_client_id in (clients, clients.browse()):
            return site
        return site.browse()

    @api.onchange("partner_id", "fsm_location_id")
    def _onchange_site_client(self):
        client = self.partner_id.commercial_partner_id
        self.site_client_id = client if self.fsm_location_id else client.browse()

    def _find_sites(self):
        """Site that each order's client, or its delivery address, is: ``{order: site}``."""
        clients = {order: order._get_site_clients() for order in self}
        everybody = self.env["res.partner"].union(*clients.values())
        sites = self.env["fsm.location"].search([("partner_id", "in", everybody.ids)])
        return {
            order: sites.filtered(lambda site, ids=partners.ids: site.partner_id.id in ids)[:1]
            for order, partners in clients.items()
        }

    def _get_site_clients(self):
        """Partners of this one order who may themselves be its site."""
        client = self.partner_id
        if not client.fsm_location:
            client |= self.partner_shipping_id | client.commercial_partner_id
        return client
