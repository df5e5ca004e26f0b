from datetime import timedelta

from odoo import api, fields, models


class SercomRecurringEnd(models.TransientModel):
    """End a recurring job: its last day, and the visits made for later days."""

    _name = "sercom.recurring.end"
    _description = "End a recurring job"

    fsm_recurring_id = fields.Many2one("fsm.recurring", "Recurring Job", required=True)
    date_last = fields.Date(
        "Last Day",
        required=True,
        compute="_compute_date_last",
        store=True,
        readonly=False,
        help="Visits of this day still take place.",
    )
    cancel_visits = fields.Boolean(
        "Cancel Later Visits",
        default=True,
        help="Visits that have begun or are done stay, whatever their day.",
    )
    visit_count = fields.Integer("Later Visits", compute="_compute_visit_count")
    reason = fields.Char()

    @api.depends("fsm_recurring_id")
    def _compute_date_last(self):
        for wizard in self:
            recurring = wizard.fsm_recurring_id
            wizard.date_last = recurring.date_last or (
                recurring._get_today() if recurring else fields.Date.context_today(self)
            )

    @api.depends("fsm_recurring_id", "date_last")
    def _compute_visit_count(self):
        for wizard in self:
            later = (
                wizard.fsm_recurring_id._get_open_visits(wizard.date_last + timedelta(days=1))
                if wizard.date_last
                else ()
            )
            wizard.visit_count = len(later)

    def action_end(self):
        self.ensure_one()
        self.fsm_recurring_id._end(self.date_last, self.cancel_visits, self.reason or "")
        return {"type": "ir.actions.client", "tag": "soft_reload"}
