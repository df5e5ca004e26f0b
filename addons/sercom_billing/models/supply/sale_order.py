from odoo import api, models

PLACE_FIELDS = frozenset({"fsm_location_id", "partner_id", "partner_shipping_id"})


class SaleOrder(models.Model):
    """Taxed where the work is done: an order is delivered at its site, unless somebody says other.

    A site without a country says nothing of taxes: the client's address does.
    """

    _inherit = "sale.order"

    def _compute_partner_shipping_id(self):
        res = super()._compute_partner_shipping_id()
        for order in self:
            if place := order._get_place_of_supply(order.fsm_location_id):
                order.partner_shipping_id = place
        return res

    @api.model
    def _get_place_of_supply(self, site):
        """Address that work at ``site`` is taxed at, in the order's environment; may be empty."""
        # sudo: the tax follows the site, whoever may open it
        place = site.sudo().partner_id
        return place.sudo(self.env.su) if place.country_id else place.browse()

    @api.onchange("fsm_location_id")
    def _onchange_place_of_supply(self):
        self._compute_partner_shipping_id()

    def _get_site_clients(self):
        clients = super()._get_site_clients()
        # Delivered at its site, an order does not say by this that its client is there.
        if self._is_delivered_at_site():
            clients &= self.partner_id | self.partner_id.commercial_partner_id
        return clients

    def _compute_fiscal_position_id(self):
        # A client without an address is taxed at the site all the same.
        without = self.filtered(
            lambda order: (
                order.partner_id
                and not order.partner_id.country_id
                and order.partner_shipping_id.country_id
            )
        )
        res = super(SaleOrder, self - without)._compute_fiscal_position_id()
        for order in without:
            positions = self.env["account.fiscal.position"].with_company(order.company_id)
            client = order.partner_id.with_company(order.company_id)
            found = client.property_account_position_id or positions._get_fiscal_position(
                order.partner_shipping_id
            )
            if found != order.fiscal_position_id and order.order_line:
                order.show_update_fpos = True
            order.fiscal_position_id = found
        return res

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if not PLACE_FIELDS.isdisjoint(vals):
            before["positions"] = {order: order.fiscal_position_id for order in self}
            before["at_site"] = self.filtered(lambda order: order._is_delivered_at_site())
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if "positions" not in before:
            return
        if "fsm_location_id" in vals and "partner_shipping_id" not in vals:
            sites = self.filtered("fsm_location_id")
            (before["at_site"] | sites)._compute_partner_shipping_id()
        for order, position in before["positions"].items():
            if order.fiscal_position_id != position and order._is_tax_open():
                order._recompute_taxes()

    def _is_delivered_at_site(self):
        self.ensure_one()
        place = self._get_place_of_supply(self.fsm_location_id)
        return bool(place) and self.partner_shipping_id == place

    def _is_tax_open(self):
        """Whether nothing of this one order is billed, so that its taxes follow its site."""
        self.ensure_one()
        if self.state == "cancel" or self.locked:
            return False
        # sudo: whether it is billed, whoever sells
        return not self.sudo().order_line.invoice_lines
