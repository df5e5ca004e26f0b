from odoo import Command, models
from odoo.exceptions import UserError
from odoo.tools import format_duration

TINY = 1 / 120  # half a minute


class FsmOrder(models.Model):
    """More hours than the client authorised: a change order to sign, made once."""

    _inherit = "fsm.order"

    def action_upsell_extra_hours(self):
        """Quote the hours that these jobs need over the authorised ones, for the client to sign.

        :return: window action of the open change orders found or made, one per job
        :raises UserError: when a job has no service whose hours could be sold
        """
        return self._convert("change_order")

    def _find_quote(self):
        # A change order is no quote for another issue.
        found = super()._find_quote()
        return {
            job: others
            for job, quotes in found.items()
            if (others := quotes.filtered(lambda quote: not quote.is_change_order))
        }

    def _find_change_order(self):
        quotes = self.env["sale.order"].search(
            [
                ("origin_fsm_order_id", "in", self.ids),
                ("is_change_order", "=", True),
                ("state", "in", ("draft", "sent")),
            ],
            order="id desc",
        )
        return quotes.grouped("origin_fsm_order_id")

    def _make_change_order(self):
        orders = self.env["sale.order"].create([job._prepare_change_order_vals() for job in self])
        orders.sudo().is_change_order = True  # sudo: it follows from this button alone
        return dict(zip(self, orders, strict=True))

    def _prepare_change_order_vals(self):
        """Values of a change order for the hours that this one job lacks."""
        self.ensure_one()
        if self.state == "cancelled":
            raise UserError(self.env._("%s is cancelled. Reopen it first.", self.name))
        line = self._get_billing_line()
        if not line and self._is_asked_for_hours():
            raise UserError(
                self.env._(
                    "%s has no service whose hours could be sold. Add one to its lines first.",
                    self.name,
                )
            )
        hours = self._get_missing_hours()
        # The client reads it, in their language.
        line = line.with_context(lang=self.partner_id.lang or self.env.lang)
        # sudo: whoever asks the client
        order = line.order_id or self.sudo().sale_id
        return {
            **self._prepare_quote_vals(),
            "require_signature": True,
            "require_payment": False,
            "pricelist_id": order.pricelist_id.id,
            "order_line": [Command.create(self._prepare_change_line_vals(line, hours))],
        }

    def _is_asked_for_hours(self):
        """Hook: whether a change order of this one job sells hours."""
        self.ensure_one()
        return True

    def _prepare_change_line_vals(self, line, hours):
        """Values of the change order's line.

        :param line: order line, in sudo, that this one job's hours are sold on
        :param float hours: how many more
        """
        return {
            "product_id": line.product_id.id,
            "product_uom_id": line.product_uom_id.id,
            "product_uom_qty": line._convert_hours(hours),
            "name": line.env._(
                "%(service)s: %(hours)s h more on %(job)s",
                service=line.product_id.display_name,
                hours=format_duration(hours),
                job=self.name,
            ),
            "price_unit": line.price_unit,
            "discount": line.discount,
            "tax_ids": [Command.set(line.tax_ids.ids)],
            "billing_policy": line.billing_policy,
            # Hours stay on the line that they are on.
            "sequence": line.sequence,
        }

    def _get_missing_hours(self):
        """Hours of this one job over those that the client accepted; one where none is over."""
        over = -self.authorized_left_hours if self.is_capped else 0.0
        if not self.is_capped:
            lines = self.sale_line_ids.filtered(lambda line: line.state == "sale")._get_accepted()
            over = self.worked_hours - sum(lines._get_sold_hours().values())
        return round(over, 2) if over > TINY else 1.0
