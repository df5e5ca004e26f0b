from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.context import Sentinel

# Why an order is cancelled, as the dialog was told: ``(reason, note)``.
CANCEL_REASON = Sentinel("cancel_reason")


class SaleOrder(models.Model):
    """Why an order with jobs is cancelled, and what that leaves behind."""

    _inherit = "sale.order"

    is_cancel_allowed = fields.Boolean(
        compute="_compute_is_cancel_allowed",
        groups="base.group_user",
        help="Who cancels an order cancels its open jobs, which takes a dispatcher.",
    )
    is_cancel_asked = fields.Boolean(
        compute="_compute_is_cancel_allowed",
        groups="base.group_user",
        help="Who cancels jobs is asked why, and sees what the order's jobs leave behind.",
    )

    @api.depends("fsm_order_ids.is_closed", "fsm_order_ids.state")
    @api.depends_context("uid")
    def _compute_is_cancel_allowed(self):
        is_dispatcher = self.env.user.has_group("fieldservice.group_fsm_dispatcher")
        for order in self:
            order.is_cancel_allowed = is_dispatcher or not order._get_open_jobs()
            order.is_cancel_asked = is_dispatcher and bool(order._get_uncancelled_jobs())

    def _get_open_jobs(self):
        # sudo: who sells an order may not read its jobs
        return self.sudo().fsm_order_ids.filtered(lambda job: not job.is_closed)

    def _get_uncancelled_jobs(self):
        # sudo: who sells an order may not read its jobs
        return self.sudo().fsm_order_ids.filtered(lambda job: job.state != "cancelled")

    def action_ask_cancel(self):
        """Ask why these orders are cancelled, and show what their jobs leave behind.

        :return: window action of the dialog
        :raises UserError: when all are cancelled already, or one has a draft invoice
        """
        orders = self.filtered(lambda order: order.state != "cancel")
        if not orders:
            raise UserError(
                self.env._("%s: cancelled already.", ", ".join(self.mapped("name")) or "–")
            )
        orders.check_access("write")
        orders._check_may_cancel_jobs()
        orders._check_draft_invoices()
        return self.env["sercom.job.cancel"]._open_orders(orders)

    def _cancel_with_reason(self, reason, note=None):
        """Cancel these orders and their open jobs, for a reason.

        :param reason: ``sercom.job.cancel.reason`` record
        :param str note: what was said about it
        """
        return CANCEL_REASON(self, (reason, note)).action_cancel()

    def action_cancel(self):
        """Cancel these orders without asking why, as integrations do; the button asks.

        What their jobs leave behind is kept in the chatter, and that no reason was given.
        """
        if self.env.su or not self._get_uncancelled_jobs():
            return super().action_cancel()
        self.check_access("write")
        self._check_may_cancel_jobs()
        self._check_draft_invoices()
        # sudo: who may cancel the order need not read the pick-ups and purchases that go with it
        return super(SaleOrder, self.sudo()).action_cancel()

    def _action_cancel(self):
        # Work already done stays: its cost and its evidence are real.
        jobs = self._check_may_cancel_jobs()
        self._check_draft_invoices()
        with_jobs = self.filtered(lambda order: order._get_uncancelled_jobs())
        left = with_jobs._get_left_behind()  # before pick-ups are cancelled along
        reason, note = CANCEL_REASON.get(self, (None, None))
        res = super()._action_cancel()
        for order, own in jobs.grouped("sale_id").items():
            words = self.env._("The order %s was cancelled.", order.name)
            own._cancel(reason, " ".join(filter(None, (words, note))), left)
        with_jobs._log_cancelled(reason, note, left)
        return res

    def _get_left_behind(self):
        """What cancelling these orders leaves behind of their jobs, each thing once.

        :return: list of ``LeftBehind``, its records in sudo
        """
        found = {}
        for thing in self._get_uncancelled_jobs()._get_left_behind():
            found.setdefault((thing.job.sale_id, thing.key, thing.records), thing)
        return list(found.values())

    def _log_cancelled(self, reason, note, left):
        """Keep in the chatter why these orders were cancelled, and what stays to settle."""
        why = reason.name if reason else self.env._("no reason was given")
        words = Markup("<br/>").join([self.env._("Cancelled: %s", why), *([note] if note else [])])
        self._message_log_batch(
            {
                order.id: words
                + self.env["fsm.order"]._get_left_list(
                    [thing for thing in left if thing.job.sale_id == order]
                )
                for order in self
            }
        )

    def _check_may_cancel_jobs(self):
        """Refuse to cancel these orders to who may not cancel their jobs.

        :return: their open jobs, in sudo
        """
        jobs = self._get_open_jobs()
        if jobs:
            # Whether they may cancel jobs that they do not read is asked all the same.
            jobs.sudo(self.env.su)._check_can_cancel()
        return jobs

    def _check_draft_invoices(self):
        """Refuse to cancel what has a draft invoice, which Odoo cancels along, without the right.

        :raises UserError: naming the order, the draft and who takes it away
        """
        if self.env.su or self.env["account.move"].has_access("write"):
            return
        for order in self.sudo():  # sudo: whoever cancels need not read all its invoices
            if drafts := order.invoice_ids.filtered(lambda move: move.state == "draft"):
                raise UserError(
                    self.env._(
                        "%(order)s has a draft invoice (%(invoice)s). Ask an accountant to cancel "
                        "it, then cancel the order.",
                        order=order.name,
                        invoice=", ".join(drafts.mapped("display_name")),
                    )
                )
