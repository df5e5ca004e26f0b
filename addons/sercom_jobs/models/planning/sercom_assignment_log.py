from markupsafe import Markup, escape

from odoo import api, models

from odoo.addons.sercom_requests.tools.history import is_silent

from .sercom_assignment import LIVE_STATES
from .sercom_assignment_change import BLOCK_FIELDS


class SercomAssignment(models.Model):
    """Each job's chatter tells who is planned, moved and taken off it."""

    _inherit = "sercom.assignment"

    def _log_changes(self, olds):
        """Tell each job's chatter, in one message, what became of these blocks, in sudo.

        :param dict olds: ``_get_values`` before the change; empty for new blocks
        """
        if is_silent(self):
            return
        told = {}
        for block in self:
            old = olds.get(block)
            if text := block._describe_change(old):
                job_id = block.fsm_order_id.id
                told.setdefault(job_id, []).append(text)
                if old and old["fsm_order_id"] != job_id:
                    told.setdefault(old["fsm_order_id"], []).append(text)
        self._log_on_jobs(told)

    def _describe_change(self, old):
        """What happened to this one block, in words; empty when nothing that counts."""
        label = self._get_label()
        if not old:
            return self.env._("Planned: %s", label)
        was_live, is_live = (state in LIVE_STATES for state in (old["state"], self.state))
        if was_live and self.state == "cancelled":
            return self.env._("Taken off: %s", label)
        if is_live and not was_live:
            return self.env._("Planned again: %s", label)
        if any(self._to_plain(self[name]) != old[name] for name in (*BLOCK_FIELDS, "fsm_order_id")):
            employee = self.employee_id.browse(old["employee_id"])
            return self.env._(
                "Moved: %(old)s → %(new)s",
                old=self._describe("", employee, old["date_start"], old["date_end"]),
                new=label,
            )
        return ""

    def _get_unlink_log(self):
        """Lines that tell of blocks, in sudo, about to be deleted: ``{fsm.order id: [text]}``."""
        told = {}
        for block in self.filtered(lambda block: block.state in LIVE_STATES):
            text = self.env._("Taken off: %s", block._get_label())
            told.setdefault(block.fsm_order_id.id, []).append(text)
        return told

    @api.model
    def _log_on_jobs(self, told):
        """Log lines of text on jobs, in sudo.

        :param dict told: ``{fsm.order id: [text]}``
        """
        if told and not is_silent(self):
            jobs = self.env["fsm.order"].browse(told)
            jobs._message_log_batch(
                bodies={job.id: Markup("<br/>").join(map(escape, told[job.id])) for job in jobs}
            )
