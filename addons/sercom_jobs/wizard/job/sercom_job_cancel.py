from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.actions import window_action
from odoo.addons.sercom_requests.tools.field_access import DISPATCHER, merge_fields


class SercomJobCancel(models.TransientModel):
    """A dispatcher cancels jobs or their orders, says why, and sees what that leaves behind.

    How it works: the dialog is stored before it opens, so that the buttons of its lines work.
    """

    _name = "sercom.job.cancel"
    _description = "Cancel jobs"
    _inherit = "sercom.field.access.mixin"

    fsm_order_ids = fields.Many2many("fsm.order", string="Jobs", readonly=True)
    sale_order_ids = fields.Many2many("sale.order", string="Orders", readonly=True)
    job_count = fields.Integer(compute="_compute_job_count")
    reason_id = fields.Many2one("sercom.job.cancel.reason", help="Kept on the job.")
    note = fields.Text(help="Kept on the job and in its chatter.")
    line_ids = fields.One2many(
        "sercom.job.cancel.line", "cancel_id", string="Left to Settle", readonly=True
    )

    @api.model
    def _get_writable_fields(self):
        return merge_fields(super()._get_writable_fields(), {DISPATCHER: {"note", "reason_id"}})

    @api.depends("fsm_order_ids")
    def _compute_job_count(self):
        for wizard in self:
            wizard.job_count = len(wizard.fsm_order_ids)

    @api.model
    def _open(self, jobs):
        """Window action of a dialog that cancels ``jobs``."""
        name = (
            self.env._("Cancel %s", jobs.name)
            if len(jobs) == 1
            else self.env._("Cancel %s Jobs", len(jobs))
        )
        vals = {"fsm_order_ids": [Command.set(jobs.ids)]}
        return self._open_with(vals, jobs._get_left_behind(), name)

    @api.model
    def _open_orders(self, orders):
        """Window action of a dialog that cancels ``orders`` with all their open jobs."""
        name = self.env._("Cancel %s", ", ".join(orders.mapped("name")))
        vals = {
            "fsm_order_ids": [Command.set(orders._get_uncancelled_jobs().ids)],
            "sale_order_ids": [Command.set(orders.ids)],
        }
        return self._open_with(vals, orders._get_left_behind(), name)

    @api.model
    def _open_with(self, vals, left, name):
        # sudo: the dialog says by itself what is left behind
        wizard = self.sudo().create(
            {
                **vals,
                "line_ids": [
                    Command.create(
                        {
                            "fsm_order_id": thing.job.id,
                            "key": thing.key,
                            "name": thing.words,
                            "is_readable": thing.records.sudo(False).has_access("read"),
                        }
                    )
                    for thing in left
                ],
            }
        )
        return {**window_action(wizard, name), "target": "new"}

    def action_cancel(self):
        """Cancel the jobs, or the orders with their open jobs, for the reason given.

        :raises UserError: when no reason is given
        """
        self.ensure_one()
        if not self.reason_id:
            raise UserError(
                self.env._(
                    "Choose why %s is cancelled first.",
                    ", ".join((self.sale_order_ids or self.fsm_order_ids).mapped("name")),
                )
            )
        if self.sale_order_ids:
            orders = self.sale_order_ids.filtered(lambda order: order.state != "cancel")
            orders._cancel_with_reason(self.reason_id, self.note)
            return {"type": "ir.actions.client", "tag": "soft_reload"}
        jobs = self.fsm_order_ids.filtered(lambda job: job.state != "cancelled")
        jobs._cancel(self.reason_id, self.note)
        return {"type": "ir.actions.client", "tag": "soft_reload"}


class SercomJobCancelLine(models.TransientModel):
    _name = "sercom.job.cancel.line"
    _description = "What a cancelled job leaves behind"
    _inherit = "sercom.field.access.mixin"

    cancel_id = fields.Many2one(
        "sercom.job.cancel", required=True, index=True, ondelete="cascade", readonly=True
    )
    fsm_order_id = fields.Many2one("fsm.order", string="Job", readonly=True, ondelete="cascade")
    key = fields.Char(required=True, readonly=True)
    name = fields.Char("What Stays", required=True, readonly=True)
    is_readable = fields.Boolean(readonly=True)

    def action_open(self):
        """Open what is to settle."""
        self.ensure_one()
        self.fsm_order_id.check_access("read")
        # What all of them leave: a deposit is left once, by the last of an order.
        for thing in self.cancel_id.fsm_order_ids._get_left_behind():
            if thing.job.id == self.fsm_order_id.id and thing.key == self.key:
                return window_action(thing.records.sudo(False), thing.words)
        raise UserError(self.env._("%s: settled meanwhile.", self.name))
