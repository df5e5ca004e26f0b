from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sercom_requests.tools.actions import window_action
from odoo.addons.sercom_requests.tools.field_access import DISPATCHER, merge_fields


class SercomJobCancel(models.TransientModel):
    """A dispatcher cancels jobs, says why, and sees what that leaves behind.

    How it works: the dialog is stored before it opens, so that the buttons of its lines work.
    """

    _name = "sercom.job.cancel"
    _description = "Cancel jobs"
    _inherit = "sercom.field.access.mixin"

    fsm_order_ids = fields.Many2many("fsm.order", string="Jobs", readonly=True)
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
        # sudo: the dialog says by itself what is left behind
        wizard = self.sudo().create(
            {
                "fsm_order_ids": [Command.set(jobs.ids)],
                "line_ids": [
                    Command.create(
                        {
                            "fsm_order_id": thing.job.id,
                            "key": thing.key,
                            "name": thing.words,
                            "is_readable": thing.records.sudo(False).has_access("read"),
                        }
                    )
                    for thing in jobs._get_left_behind()
                ],
            }
        )
        name = (
            self.env._("Cancel %s", jobs.name)
            if len(jobs) == 1
            else self.env._("Cancel %s Jobs", len(jobs))
        )
        return {**window_action(wizard, name), "target": "new"}

    def action_cancel(self):
        """Cancel the jobs, for the reason given.

        :raises UserError: when no reason is given
        """
        self.ensure_one()
        if not self.reason_id:
            raise UserError(
                self.env._(
                    "Choose why %s is cancelled first.",
                    ", ".join(self.fsm_order_ids.mapped("name")),
                )
            )
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
        for thing in self.fsm_order_id._get_left_behind():
            if thing.key == self.key:
                return window_action(thing.records.sudo(False), thing.words)
        raise UserError(self.env._("%s: settled meanwhile.", self.name))
