from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date


class FsmRecurring(models.Model):
    """Visits that could not be made: noted once each, told, and tried again every day."""

    _inherit = "fsm.recurring"

    visit_failures = fields.Json(copy=False, readonly=True)
    visit_failure_text = fields.Text(
        "Visits Not Made", compute="_compute_visit_failure_text", help="Tried again every day."
    )

    @api.depends("visit_failures")
    @api.depends_context("lang")
    def _compute_visit_failure_text(self):
        for recurring in self:
            recurring.visit_failure_text = "\n".join(
                recurring._describe_failures(recurring.visit_failures or {})
            )

    def _describe_failures(self, failures):
        return [
            f"{format_date(self.env, day)}: {reason}" for day, reason in sorted(failures.items())
        ]

    def _note_failures(self, failures):
        """Note which visits of this one recurring job could not be made, once each.

        :param dict failures: ``{ISO date: reason}``; empty when all went well
        """
        known = self.visit_failures or {}
        if failures == known:
            return
        self.visit_failures = failures or False
        new = {day: reason for day, reason in failures.items() if known.get(day) != reason}
        if new:
            text = Markup("<br/>").join(self._describe_failures(new))
            self.message_post(
                body=Markup("%s<br/>%s") % (self.env._("Visits that could not be made:"), text)
            )
        kind = "sercom_recurring.activity_type_visit_failed"
        note = Markup("<br/>").join(self._describe_failures(failures))
        activity = self.activity_search([kind])
        if not failures:
            activity.action_feedback(feedback=self.env._("All visits are made."))
        elif activity:
            activity.note = note
        else:
            self.activity_schedule(kind, note=note, user_id=self._get_responsible().id)
