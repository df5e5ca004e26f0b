from odoo import api, fields, models
from odoo.exceptions import UserError

from ..job.fsm_order import CLOSED_STATES


class FsmOrder(models.Model):
    """When a service level stands still: while the client is waited for, and once closed."""

    _inherit = "fsm.order"

    sla_pause_ids = fields.One2many("sercom.sla.pause", "fsm_order_id", string="Pauses")
    is_waiting_for_client = fields.Boolean(
        "Waiting for the Client",
        compute="_compute_is_waiting_for_client",
        store=True,
        help="The clock of the service level stands still.",
    )
    sla_stopped_on = fields.Datetime(
        "Clock Stopped On",
        copy=False,
        help="When the job was done or cancelled; the clock stands still from then on.",
    )

    @api.depends("sla_pause_ids.date_end")
    def _compute_is_waiting_for_client(self):
        for job in self:
            pauses = job.sla_pause_ids
            job.is_waiting_for_client = any(not pause.date_end for pause in pauses)

    def _get_sla_spans(self):
        """Pauses of this one job, for ``tools.sla_clock``."""
        self.ensure_one()
        return [(pause.date_start, pause.date_end or None) for pause in self.sla_pause_ids]

    def action_wait_for_client(self, reason=False):
        """Stop the clock of these jobs until the client answers; those waiting stay as they are.

        :param str reason: what the client was asked for
        :raises UserError: when a job is done or cancelled
        """
        self._check_is_dispatcher()
        self.check_access("write")
        for job in self:
            if job.state in CLOSED_STATES:
                raise UserError(
                    self.env._("%s is closed: its clock stands still. Reopen it first.", job.name)
                )
        going = self.filtered(lambda job: not job.is_waiting_for_client)
        self.env["sercom.sla.pause"].create(
            [{"fsm_order_id": job.id, "reason": reason} for job in going]
        )
        return True

    def action_resume_sla(self):
        """Let the clock of these jobs run again, from now on."""
        self._check_is_dispatcher()
        self.check_access("write")
        self._resume_sla()
        return True

    def _resume_sla(self):
        now = fields.Datetime.now()
        # sudo: a technician who serves the client ends the pause
        pauses = self.sudo().sla_pause_ids.filtered(lambda pause: not pause.date_end)
        # One stopped and resumed within a second never was.
        pauses.filtered(lambda pause: pause.date_start >= now).unlink()
        pauses.exists().date_end = now

    def _after_transition(self, state):
        stops = {job: job.date_end or job.sla_stopped_on for job in self}
        res = super()._after_transition(state)
        jobs = self.sudo()  # sudo: the clock follows the stage, nobody stops it by hand
        if state in (*CLOSED_STATES, "in_progress"):
            jobs._resume_sla()  # a client who is served has answered
        if state in CLOSED_STATES:
            running = jobs.filtered(lambda job: not job.sla_stopped_on)
            running.sla_stopped_on = fields.Datetime.now()
        else:
            jobs._pause_while_closed(stops)
        return res

    def _pause_while_closed(self, stops):
        """Take the time that jobs just reopened were closed off their clocks.

        :param dict stops: ``{job: when it was closed}``
        """
        now = fields.Datetime.now()
        reopened = self.filtered("sla_stopped_on")
        reopened.sla_stopped_on = False
        self.env["sercom.sla.pause"].create(
            [
                {
                    "fsm_order_id": job.id,
                    "date_start": stops[job],
                    "date_end": now,
                    "reason": self.env._("Closed, then reopened"),
                }
                for job in reopened
                if stops[job] < now
            ]
        )
