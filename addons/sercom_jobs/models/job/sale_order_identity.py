from odoo import fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """For whom and where: the open jobs of an order are for its client, at its site.

    What a client accepted stays theirs. An order that no client accepted, because Sercom opened it
    for a job, follows its job.
    """

    _inherit = "sale.order"

    is_opened_by_job = fields.Boolean(
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="Opened for a job that started without a quote: no client accepted it.",
    )

    def _after_identity_change(self, vals, before):
        for order, (client, _site) in before.items():
            order._check_client_change(client)
        super()._after_identity_change(vals, before)
        for order, (_client, site) in before.items():
            order._update_open_jobs(site)

    def _check_client_change(self, old):
        """Refuse that this one order, sold to ``old``, has become another client's.

        :raises UserError: naming the order and the way out
        """
        self.ensure_one()
        client = self.partner_id
        if self.state != "sale" or client.commercial_partner_id == old.commercial_partner_id:
            return
        values = {"order": self.name, "old": old.display_name, "new": client.display_name}
        # sudo: whatever bill there is of it
        if self.sudo().invoice_ids.filtered(lambda move: move.state != "cancel"):
            raise UserError(
                self.env._(
                    "%(order)s is invoiced to %(old)s. Cancel or credit the invoice before giving "
                    "it to %(new)s.",
                    **values,
                )
            )
        if not self.is_opened_by_job:
            raise UserError(
                self.env._(
                    "%(order)s is sold to %(old)s. Cancel it, and make a new quote or job for "
                    "%(new)s.",
                    **values,
                )
            )

    def _update_open_jobs(self, old_site):
        """Give the open jobs of this one order its client, and its site where they had the old.

        :raises UserError: when they would be left without a site
        """
        self.ensure_one()
        order = self.sudo()  # sudo: who sells an order may not write its jobs
        for job in order.fsm_order_ids.filtered(lambda job: not job.is_closed):
            vals = {}
            if job.partner_id != order.partner_id:
                vals["partner_id"] = order.partner_id.id
            if job.location_id == old_site != order.fsm_location_id:
                if not order.fsm_location_id:
                    raise UserError(
                        self.env._(
                            "%(job)s of %(order)s is to be done at %(site)s. Choose another site, "
                            "or cancel the job first.",
                            job=job.name,
                            order=order.name,
                            site=old_site.display_name,
                        )
                    )
                vals["location_id"] = order.fsm_location_id.id
            if vals:
                job.write(vals)

    def _follows_request(self):
        # sudo: who keeps requests may read no jobs
        is_open = any(not job.is_closed for job in self.sudo().fsm_order_ids)
        return super()._follows_request() or (self.state == "sale" and is_open)
