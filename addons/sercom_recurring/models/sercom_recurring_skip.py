from odoo import fields, models


class SercomRecurringSkip(models.Model):
    """A date on which a recurring job makes no visit."""

    _name = "sercom.recurring.skip"
    _description = "Skipped date of a recurring job"
    _order = "date"
    _rec_name = "date"

    fsm_recurring_id = fields.Many2one(
        "fsm.recurring", string="Recurring Job", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="fsm_recurring_id.company_id", store=True, index=True)
    date = fields.Date(required=True)
    reason = fields.Char()

    _date_uniq = models.UniqueIndex("(fsm_recurring_id, date)", "This date is already skipped.")
