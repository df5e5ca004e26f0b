from odoo import models

from odoo.addons.sercom_requests.tools.context import Sentinel

CHECKLISTS_LATER = Sentinel("checklists_later")
LINK_FIELDS = {"fsm_order_id", "product_id", "product_uom_qty"}


class SaleOrderLine(models.Model):
    """A job gets the checklists of the services it does, and loses those of services it does not.

    ``CHECKLISTS_LATER`` leaves it to the caller, who does it for many at once.
    """

    _inherit = "sale.order.line"

    def _after_create(self):
        super()._after_create()
        self._update_job_checklists(set())

    def _get_change_snapshot(self, vals):
        before = super()._get_change_snapshot(vals)
        if not LINK_FIELDS.isdisjoint(vals):
            before["services"] = self._get_job_services()
        return before

    def _after_change(self, vals, before):
        super()._after_change(vals, before)
        if "services" in before:
            self._update_job_checklists(before["services"])

    def _get_unlink_snapshot(self):
        return {**super()._get_unlink_snapshot(), "services": self._get_job_services()}

    def _after_unlink(self, before):
        super()._after_unlink(before)
        self._update_job_checklists(before["services"])

    def _get_signed_quantity(self):
        """Hook: quantity of this one line that the client signs for, in its unit."""
        return self.product_uom_qty

    def _get_report_quantity(self):
        """Hook: quantity of this one line that the completion report prices, in its unit."""
        return self.product_uom_qty

    def _get_report_amount(self, quantity):
        """Amount before taxes of ``quantity`` of this one line, as it is billed."""
        if quantity == self.product_uom_qty:
            return self.price_subtotal
        price = self.price_unit * (1 - (self.discount or 0.0) / 100)
        taxes = self.tax_ids.compute_all(
            price, self.currency_id, quantity, self.product_id, self.order_id.partner_shipping_id
        )
        return taxes["total_excluded"]

    def _get_job_services(self):
        """What the lines of the set have jobs do: a set of ``(job, product)``, in sudo."""
        return {
            (line.fsm_order_id, line.product_id)
            for line in self.sudo()  # sudo: salespeople's lines are of jobs they may not open
            if line.fsm_order_id and line.product_id and line.product_uom_qty > 0
        }

    def _update_job_checklists(self, before):
        """Pass on to the jobs what the lines have them do now and did not ``before``.

        :param set before: what ``_get_job_services`` answered before the change
        """
        if CHECKLISTS_LATER.get(self):
            return
        now = self._get_job_services()
        if now == before:
            return
        changed = now ^ before
        env = self.sudo().env  # sudo: checklists follow the services, whoever sells them
        jobs = env["fsm.order"].concat(*{job for job, _product in changed})
        products = env["product.product"].concat(*{product for _job, product in changed})
        jobs._change_checklists(
            products.with_context(active_test=False)._get_checklists(), now - before, before - now
        )
